namespace HaProxyNet.Health.Scheduling;

/// <summary>
/// Measures how long this process could not react: it was stopped, the machine was paused, or the thread pool had no thread to spare. Such
/// time is no destination's fault. It runs only while somebody waits for an answer, on a thread of its own. Any thread.
/// </summary>
internal sealed class OwnPace : IDisposable
{
    /// <summary>Between two beats. What lasts less than that is not noticed, and no deadline is so short.</summary>
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly bool _isSteady;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly ManualResetEventSlim _ended = new();
    private TimeSpan _lost;
    private long _last;
    private int _waiting;
    private int _isUnanswered;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>A clock that a test moves by hand loses no time.</summary>
    public OwnPace(TimeProvider time) => (_time, _isSteady) = (time, !ReferenceEquals(time, TimeProvider.System));

    /// <summary>All the time that was lost so far while somebody waited; only differences say anything.</summary>
    public TimeSpan Lost
    {
        get
        {
            lock (_gate)
            {
                return _waiting == 0 ? _lost : _lost + OwnPaceRule.LostIn(_time.GetElapsedTime(_last), _beat, isPoolLate: false);
            }
        }
    }

    /// <summary>Somebody waits for an answer from now on.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_isSteady || _isDisposed || _waiting++ > 0)
            {
                return;
            }

            _last = _time.GetTimestamp();
            _isRunning = _isRunning || TryStart();
        }

        _wanted.Release();
    }

    /// <summary>A system that gives no thread takes the measure away, and not the probe that asked for it.</summary>
    private bool TryStart()
    {
        try
        {
            new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "own pace" }.Start();
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Nobody waits any more, but for others that have entered.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _waiting = Math.Max(0, _waiting - 1);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _ended.Set();
        _wanted.Release();
    }

    private void Run()
    {
        while (true)
        {
            _wanted.Wait();
            while (Beat())
            {
                _ended.Wait(_beat);
            }

            lock (_gate)
            {
                if (_isDisposed)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Looks at the clock, and sends the thread pool something to do; false when nobody waits.</summary>
    private bool Beat()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _lost += OwnPaceRule.LostIn(_time.GetElapsedTime(_last, now), _beat, isPoolLate: Volatile.Read(ref _isUnanswered) != 0);
            _last = now;
            if (_waiting == 0 || _isDisposed)
            {
                return false;
            }
        }

        if (Interlocked.Exchange(ref _isUnanswered, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static pace => Volatile.Write(ref pace._isUnanswered, 0), this, preferLocal: false);
        }

        return true;
    }
}
