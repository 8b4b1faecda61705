using System.Collections.Concurrent;
using System.Net.Sockets;
using HaProxyNet.Transport.Reactor.Native;

namespace HaProxyNet.Transport.Reactor;

/// <content>The thread: waits for events, and gives each to its socket.</content>
internal sealed partial class ReactorLane : IDisposable
{
    /// <summary>Events taken in one turn: enough to spread the cost of a wait, few enough that timers are not late.</summary>
    private const int EventsPerTurn = 256;

    /// <summary>The event data of the wake-up descriptor; no slot has it.</summary>
    private const ulong WakeData = ulong.MaxValue;

    private readonly int _epoll;
    private readonly ReactorWake _wake;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<Action> _posted = new();
    private bool _stopping;

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>Runs something on the lane, soon. Any thread.</summary>
    public void Post(Action work)
    {
        _posted.Enqueue(work);
        _wake.Ring();
    }

    /// <summary>Runs something on the lane and tells when it is done. Any thread but the lane's own.</summary>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            work();
            done.SetResult();
        });
        return done.Task;
    }

    /// <summary>Ends the thread after what was posted so far. Any thread but the lane's own.</summary>
    public void Dispose()
    {
        Post(() => _stopping = true);
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            return;
        }

        _thread.Join();
        _timers.Dispose();
        Buffers.Dispose();
        _wake.Close();
        _ = Libc.Close(_epoll);
    }

    private static int OpenEpoll()
    {
        var epoll = Libc.EpollCreate(Linux.EpollCloseOnExec);
        return epoll >= 0 ? epoll : throw new SocketException((int)Errno.ToSocketError(Errno.Last));
    }

    private void Run()
    {
        using var events = new EpollEvents(EventsPerTurn);
        while (!_stopping)
        {
            var count = _unfinished.Count + _costly.Count > 0 ? events.Poll(_epoll) : events.Wait(_epoll, LongestSleep);
            _now = _time.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var (flags, data) = events[i];
                Dispatch(flags, data);
            }

            _timers.Advance(_now);
            ContinueUnfinished();
            OwedAcks.Pay(_now);
            Gathering.Look(_now);
            _table.ReleaseClosed();
        }
    }

    /// <summary>In milliseconds; below zero: until something happens. Both know one length only.</summary>
    private int LongestSleep => Math.Max(OwedAcks.LongestSleep, Gathering.LongestSleep);

    private void Dispatch(uint flags, ulong data)
    {
        if (data == WakeData)
        {
            RunPosted();
        }
        else if (data >= ListenerData)
        {
            _listeners[(int)(data - ListenerData)]?.OnReady();
        }
        else
        {
            _table.Find(data)?.OnEvents(flags);
        }
    }

    private void RunPosted()
    {
        _wake.Heard();
        while (_posted.TryDequeue(out var work))
        {
            work();
        }
    }

    private void ContinueUnfinished()
    {
        for (var waiting = _unfinished.Count; waiting > 0; waiting--)
        {
            _unfinished.Dequeue().Continue();
        }

        if (_costly.TryDequeue(out var costly))
        {
            costly.Continue();
        }
    }
}
