using System.Collections.Concurrent;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Connecting;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <content>The thread: waits for events, and gives each to its socket.</content>
internal sealed partial class ReactorLane : IDisposable
{
    /// <summary>Events taken in one turn: enough to spread the cost of a wait, few enough that timers are not late.</summary>
    private const int EventsPerTurn = 256;

    /// <summary>Posted work done in one turn: more of it, posted without end, would keep connections and timers waiting.</summary>
    private const int PostedPerTurn = 1024;

    /// <summary>Faults in one turn after which the next one begins.</summary>
    private const int MostFaults = 2 * EventsPerTurn;

    /// <summary>The event data of the wake-up descriptor; no slot has it.</summary>
    private const ulong WakeData = ulong.MaxValue;

    private readonly int _epoll;
    private readonly ReactorWake _wake;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<Action> _posted = new();
    private ITurnTaker? _lastTaker;
    private bool _stopping;

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    public override void Post(Action work)
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
            try
            {
                work();
                done.SetResult();
            }
#pragma warning disable CA1031 // Thrown where it is waited for.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                done.SetException(fault);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread after what was posted so far. Any thread but the lane's own.</summary>
    public void Dispose()
    {
        Post(RingAlarms);
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

    /// <summary>What goes on without a connection ends with the lane.</summary>
    private void RingAlarms()
    {
        foreach (var alarm in Alarms.ToList())
        {
            alarm.RingNow();
        }
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
            var next = 0;
            for (var faults = 0; !TakeTurn(events, count, ref next) && faults < MostFaults; faults++)
            {
                // What threw has ended; the rest of the turn has not. Bounded, for what throws each time must not hold the lane.
            }

            _table.ReleaseClosed();
        }
    }

    /// <summary>
    /// One turn, from an event on. False when something threw: it was reported, and <paramref name="next"/> stands behind it. One handler
    /// for a turn, because one for an event would be paid by every event.
    /// </summary>
    private bool TakeTurn(EpollEvents events, int count, ref int next)
    {
        var place = LanePlace.Event;
        try
        {
            while (next < count)
            {
                var (flags, data) = events[next++];
                Dispatch(flags, data);
            }

            place = LanePlace.Timer;
            _timers.Advance(_now);
            place = LanePlace.Work;
            ContinueUnfinished();
            OwedFirstPackets.Pay(_now);
            Gathering.Look(_now);
            return true;
        }
#pragma warning disable CA1031 // The lane has other connections: what is thrown by one ends its step alone.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _faults.Report(place, fault);
            EndWhatThrew(place switch
            {
                LanePlace.Event => OwnerOf(events[next - 1].Data),
                LanePlace.Timer => _timers.LastFired,
                _ => _lastTaker,
            });
            return false;
        }
    }

    /// <summary>What an event is for; null: no connection.</summary>
    private IReadyTarget? OwnerOf(ulong data) => (uint)data < ListenerSlots ? _table.Find(data)?.Owner : null;

    /// <summary>
    /// Ends the connection whose activity has thrown. It may never be called again, for an edge is told once; its peers would wait for it.
    /// </summary>
    private void EndWhatThrew(object? activity)
    {
        if (activity is ILaneActivity
            && _table.Connections().FirstOrDefault(c => ReferenceEquals(c.Activity, activity)) is { } connection)
        {
            RequestAbort(connection, ConnectionOutcome.InternalError);
        }
    }

    /// <summary>In milliseconds; below zero: until something happens. Both know one length only.</summary>
    private int LongestSleep => Math.Max(OwedFirstPackets.LongestSleep, Gathering.LongestSleep);

    private void Dispatch(uint flags, ulong data)
    {
        if (data == WakeData)
        {
            RunPosted();
        }
        else if ((uint)data >= ListenerSlots)
        {
            _listeners[(int)((uint)data - ListenerSlots)]?.OnReady();
        }
        else
        {
            _table.Find(data)?.OnEvents(flags);
        }
    }

    private void RunPosted()
    {
        _wake.Heard();
        for (var left = PostedPerTurn; _posted.TryDequeue(out var work); left--)
        {
            _faults.Contain(LanePlace.Work, static posted => posted(), work);
            if (left == 1)
            {
                // There may be more: connections and timers come first.
                _wake.Ring();
                return;
            }
        }
    }

    private void ContinueUnfinished()
    {
        for (var waiting = _unfinished.Count; waiting > 0; waiting--)
        {
            _lastTaker = _unfinished.Dequeue();
            _lastTaker.Continue();
        }

        if (_costly.TryDequeue(out var costly))
        {
            _lastTaker = costly;
            costly.Continue();
        }

        _lastTaker = null;
    }
}
