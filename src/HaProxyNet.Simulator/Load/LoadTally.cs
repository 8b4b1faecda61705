using System.Collections.Concurrent;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;

namespace HaProxyNet.Simulator.Load;

/// <summary>
/// Counts what <see cref="LoadReport"/> shows: the client's end of the count; the ledgers are the agents' end. Thread-safe.
/// </summary>
internal sealed class LoadTally(IReadOnlyCollection<RequestLedger> ledgers)
{
    private readonly long[] _outcomes = new long[Enum.GetValues<RpcOutcome>().Length];
    private readonly ConcurrentDictionary<string, long> _byAgent = new(StringComparer.Ordinal);
    private readonly RequestLedger? _answered = ledgers.Count > 0 ? new RequestLedger() : null;
    private readonly LatencyHistogram _totalWait = new();
    private readonly LatencyHistogram _addedWait = new();
    private readonly LatencyHistogram _sendDelay = new();
    private long _sent;
    private string? _firstError;

    public void Due() => Interlocked.Increment(ref _sent);

    public void Late(TimeSpan delay) => _sendDelay.Record(delay);

    public void NotSent(string reason)
    {
        Interlocked.Increment(ref _outcomes[(int)RpcOutcome.NotSent]);
        Interlocked.CompareExchange(ref _firstError, reason, null);
    }

    /// <param name="result">How it ended.</param>
    /// <param name="delay">How much later than due it was sent.</param>
    public void Ended(RpcResult result, TimeSpan delay)
    {
        if (result.Reply is { } reply)
        {
            _totalWait.Record(delay + result.TotalTime);
            _addedWait.Record(result.AddedWait);
            _byAgent.AddOrUpdate(reply.Agent.Name, 1, static (_, count) => count + 1);
            _answered?.Record(reply.Agent.Name, result.Id);
        }
        else
        {
            Interlocked.CompareExchange(ref _firstError, $"{result.Outcome}: {result.Error}", null);
        }

        Interlocked.Increment(ref _outcomes[(int)result.Outcome]);
    }

    /// <summary>Counts so far; <paramref name="audit"/> compares the ledgers as well, which takes time with many requests.</summary>
    public LoadReport Read(TimeSpan elapsed, bool audit)
    {
        var outcomes = Enum.GetValues<RpcOutcome>()
            .Select(outcome => KeyValuePair.Create(outcome, Volatile.Read(ref _outcomes[(int)outcome])))
            .Where(entry => entry.Value > 0)
            .ToDictionary();
        var executed = audit && _answered is not null ? RequestLedger.Merge(ledgers) : null;
        var sent = Volatile.Read(ref _sent);
        return new LoadReport
        {
            Sent = sent,
            InFlight = Math.Max(0, sent - outcomes.Values.Sum()),
            Outcomes = outcomes,
            ByAgent = new Dictionary<string, long>(_byAgent, StringComparer.Ordinal),
            Duplicates = executed?.Duplicates ?? 0,
            Unexecuted = executed is null ? 0 : _answered!.CountById().Keys.Count(id => executed.ExecutionsOf(id).Count == 0),
            TotalWait = _totalWait.Summarize(),
            AddedWait = _addedWait.Summarize(),
            SendDelay = _sendDelay.Summarize(),
            Elapsed = elapsed,
            FirstError = Volatile.Read(ref _firstError),
        };
    }
}
