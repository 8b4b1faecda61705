using HaProxyNet.Health.Scheduling;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// The end of a probe's time. Only time in which the answer could have been read counts: what this process has lost meanwhile
/// (<see cref="OwnPace"/>) is added, so that after a pause there is a moment in which an answer that has long come is seen.
/// </summary>
internal sealed class ProbeDeadline : IDisposable
{
    private static readonly TimeSpan _least = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly OwnPace _pace;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly long _began;
    private readonly TimeSpan _lostBefore;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private bool _isDisposed;

    /// <summary>The time begins.</summary>
    /// <param name="timeout">How much of it there is.</param>
    /// <param name="pace">Says what was lost.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Ends it before, too.</param>
    public ProbeDeadline(TimeSpan timeout, OwnPace pace, TimeProvider time, CancellationToken stopping)
    {
        (_timeout, _pace, _time) = (timeout, pace, time);
        _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        pace.Enter();
        (_began, _lostBefore) = (time.GetTimestamp(), pace.Lost);
        _timer = time.CreateTimer(
            static deadline => ((ProbeDeadline)deadline!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        _pace.Leave();
        _source.Dispose();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var left = _timeout - _time.GetElapsedTime(_began) + (_pace.Lost - _lostBefore);
            if (left >= _least)
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            // The callbacks run elsewhere: they may throw, and must not run under the lock.
            _ = _source.CancelAsync();
        }
    }
}
