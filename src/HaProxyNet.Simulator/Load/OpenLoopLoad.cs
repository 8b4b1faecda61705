using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Framing;
using HaProxyNet.Simulator.Workloads;

namespace HaProxyNet.Simulator.Load;

/// <summary>
/// Sends requests at a steady rate, whether or not earlier ones have been answered, as independent clients do. Waits count from the
/// moment a request was due, so a stall cannot hide behind the requests that it kept from being sent. One run an instance.
/// </summary>
public sealed class OpenLoopLoad
{
    // The shortest time a timer waits.
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);

    private readonly SimulatedClient _client;
    private readonly OpenLoopLoadOptions _options;
    private readonly TimeProvider _time;
    private readonly LoadTally _tally;
    private readonly RequestSource _source;
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _startedAt;

    // The sender itself counts as one, so that it reaches 0 only after the last request was sent.
    private int _underWay = 1;

    /// <summary>Creates a load; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="client">Who sends.</param>
    /// <param name="options">How much and what.</param>
    /// <param name="ledgers">The agents' ledgers, for the count of duplicates. None: duplicates are not counted, and no id is remembered.</param>
    /// <param name="time">The clock of schedule and waits; the client's should be the same.</param>
    public OpenLoopLoad(SimulatedClient client, OpenLoopLoadOptions options, IReadOnlyCollection<RequestLedger>? ledgers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Rate, nameof(options));
        _client = client;
        _options = options;
        _time = time ?? TimeProvider.System;
        _tally = new LoadTally(ledgers ?? []);
        _source = new RequestSource(options.Workload, options.Seed, options.Run);
        _startedAt = _time.GetTimestamp();
    }

    /// <summary>What every id of this load begins with.</summary>
    public string Run => _source.Run;

    /// <summary>The counts so far, without <see cref="LoadReport.Duplicates"/> and <see cref="LoadReport.Unexecuted"/>. From any thread.</summary>
    public LoadReport Snapshot() => _tally.Read(_time.GetElapsedTime(_startedAt), audit: false);

    /// <summary>
    /// Sends until the duration is over or <paramref name="stop"/> is cancelled, waits for all that is under way, and reports.
    /// </summary>
    public async Task<LoadReport> RunAsync(CancellationToken stop = default)
    {
        _startedAt = _time.GetTimestamp();
        await SendAsync(stop);
        EndOne();
        await _allEnded.Task;
        return _tally.Read(_time.GetElapsedTime(_startedAt), audit: true);
    }

    private async Task SendAsync(CancellationToken stop)
    {
        var interval = TimeSpan.FromSeconds(1) / _options.Rate;
        var total = (long)Math.Ceiling(_options.Duration / interval);
        for (long sent = 0; sent < total && !stop.IsCancellationRequested;)
        {
            var due = interval * sent;
            var early = due - _time.GetElapsedTime(_startedAt);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early > _tick ? early : _tick, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            SendOne(due);
            sent++;
        }
    }

    private void SendOne(TimeSpan due)
    {
        var request = _source.Next();
        _tally.Due();
        if (Volatile.Read(ref _underWay) > _options.MaxInFlight)
        {
            _tally.NotSent($"{_options.MaxInFlight} requests were under way");
            return;
        }

        Interlocked.Increment(ref _underWay);
        _ = FollowAsync(request, due);
    }

    private async Task FollowAsync(RpcRequest request, TimeSpan due)
    {
        var delay = _time.GetElapsedTime(_startedAt) - due;
        _tally.Late(delay);
        _tally.Ended(await _client.SendAsync(request), delay);
        EndOne();
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _allEnded.TrySetResult();
        }
    }
}
