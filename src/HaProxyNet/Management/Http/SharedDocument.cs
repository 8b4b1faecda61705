using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Http;

/// <summary>
/// A document that costs time to write, such as the metrics. Each question is answered by a document that was begun after it, and all that
/// were asked meanwhile share one. It is written once at a time, on a thread of its own, and the pause after it grows with the time it
/// took: a flood of questions takes a fifth of a core, and no thread of the pool that others need. Any thread.
/// </summary>
/// <param name="place">Where its faults are counted.</param>
/// <param name="write">Writes it.</param>
/// <param name="faults">Counts what <paramref name="write"/> throws.</param>
/// <param name="time">Rules the pauses.</param>
internal sealed class SharedDocument(FaultPlace place, Func<Task<ReadOnlyMemory<byte>>> write, InternalFaults faults, TimeProvider time)
{
    /// <summary>How many times as long as the work the pause after it is.</summary>
    private const int Leisure = 4;

    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private TaskCompletionSource<ReadOnlyMemory<byte>?>? _next;
    private bool _isBusy;

    /// <summary>The document as it is now; null when it could not be written, which the log explains.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadAsync()
    {
        lock (_gate)
        {
            _next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_isBusy)
            {
                _isBusy = true;
                Begin();
            }

            return _next.Task;
        }
    }

    private void Begin()
    {
        try
        {
            _ = Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (TaskSchedulerException)
        {
            // The system gives no thread: the pool has some already.
            _ = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        var began = time.GetTimestamp();
        TaskCompletionSource<ReadOnlyMemory<byte>?> asked;
        lock (_gate)
        {
            (asked, _next) = (_next!, null);
        }

        ReadOnlyMemory<byte>? document = null;
        await faults.ContainAsync(place, async _ => document = await write(), this);
        asked.SetResult(document);
        await Task.Delay(PauseAfter(time.GetElapsedTime(began)), time);
        lock (_gate)
        {
            _isBusy = _next is not null;
            if (_isBusy)
            {
                Begin();
            }
        }
    }

    private static TimeSpan PauseAfter(TimeSpan took)
    {
        var pause = took * Leisure;
        return pause < _shortestPause ? _shortestPause : pause > _longestPause ? _longestPause : pause;
    }
}
