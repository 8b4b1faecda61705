using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// Where chains of certificates are judged: on a few threads of its own. On a lane the lane's other connections would wait; in the thread
/// pool it would be the Managed engine's connections, probes and names, for the pool has as many threads as the machine has processors,
/// and a stranger's chain holds one for a twentieth of a second. A thread ends when there has been nothing to judge for a while. Any
/// thread.
/// </summary>
/// <param name="faults">Takes what a judgement throws.</param>
/// <param name="most">Threads at once; null: one for every second processor.</param>
/// <param name="idle">How long a thread waits for the next judgement.</param>
internal sealed class JudgesBench(InternalFaults faults, int? most = null, TimeSpan? idle = null)
{
    private readonly int _most = most ?? Math.Max(1, Environment.ProcessorCount / 2);
    private readonly TimeSpan _idle = idle ?? TimeSpan.FromSeconds(10);
    private readonly Queue<(Action<object?> Work, object? State)> _waiting = new();
    private readonly object _gate = new();
    private LaneHop? _hop;
    private int _threads;
    private int _resting;

    /// <summary>Goes on on one of the bench's threads, when one is free.</summary>
    public ValueTask SitDownAsync() => (_hop ??= new LaneHop(Add)).Task;

    /// <summary>Threads that judge, or wait for something to judge.</summary>
    public int Threads => Volatile.Read(ref _threads);

    private void Add(Action<object?> work, object? state)
    {
        lock (_gate)
        {
            _waiting.Enqueue((work, state));
            if (_resting >= _waiting.Count || _threads == _most)
            {
                Monitor.Pulse(_gate);
                return;
            }

            _threads++;
        }

        Begin();
    }

    private void Begin()
    {
        try
        {
            new Thread(Run) { Name = "judge", IsBackground = true }.UnsafeStart();
        }
        catch (Exception fault) when (fault is OutOfMemoryException or ThreadStartException)
        {
            // The system gives no thread: the pool has some already.
            ThreadPool.UnsafeQueueUserWorkItem(static bench => bench.Run(), this, preferLocal: false);
        }
    }

    private void Run()
    {
        while (TryTake(out var next))
        {
            faults.Contain(FaultPlace.Tls, static taken => taken.Work(taken.State), next);
        }
    }

    private bool TryTake(out (Action<object?> Work, object? State) next)
    {
        lock (_gate)
        {
            _resting++;
            while (!_waiting.TryDequeue(out next))
            {
                if (!Monitor.Wait(_gate, _idle) && _waiting.Count == 0)
                {
                    _resting--;
                    _threads--;
                    return false;
                }
            }

            _resting--;
            return true;
        }
    }
}
