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
    private long _due;
    private TimeSpan _elapsed;

    // The sender itself counts as one, so that it reaches 0 only after the last request was sent.
    private int _underWay = 1;

    /// <summary>Creates a load; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="client">The client that sends.</param>
    /// <param name="options">How much and what.</param>
    /// <param name="ledgers">The agents' ledgers, for the count of duplicates. Null: duplicates are not counted, and no id is
    /// remembered.</param>
    /// <param name="time">The clock of schedule and waits; the client's should be the same.</param>
    public OpenLoopLoad(
        SimulatedClient client,
        OpenLoopLoadOptions options,
        IReadOnlyCollection<RequestLedger>? ledgers = null,
        TimeProvider? time = null)
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

    /// <summary>
    /// The counts so far, without <see cref="LoadReport.Duplicates"/> and <see cref="LoadReport.Unexecuted"/>. From any thread.
    /// </summary>
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
        _elapsed = _time.GetElapsedTime(_startedAt);
        return Audit();
    }

    /// <summary>The report once more, with the ledgers as they are now: for ledgers that are loaded from files after the run.</summary>
    public LoadReport Audit() => _tally.Read(_elapsed, audit: true);

    // .NET's timers count in the kernel's ticks of up to 4 ms, which would make bursts of a steady rate; a thread of its own wakes
    // within a tenth of a millisecond. Under another clock than the system's there is no such thread to wake.
    private Task SendAsync(CancellationToken stop) => _time == TimeProvider.System
        ? Task.Factory.StartNew(() => SendOnThread(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        : SendOnTimerAsync(stop);

    private void SendOnThread(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && SendWhatIsDue(stop) is { } wait)
        {
            stop.WaitHandle.WaitOne(wait);
        }
    }

    private async Task SendOnTimerAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && SendWhatIsDue(stop) is { } wait)
        {
            await Task.Delay(wait, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The time until the next request is due; null after the last one.</summary>
    private TimeSpan? SendWhatIsDue(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var due = TimeSpan.FromSeconds(_due / _options.Rate);
            if (due >= _options.Duration)
            {
                return null;
            }

            var early = due - _time.GetElapsedTime(_startedAt);
            if (early > TimeSpan.Zero)
            {
                return early > _tick ? early : _tick;
            }

            SendOne(due);
            _due++;
        }

        return null;
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
