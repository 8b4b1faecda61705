using HaProxyNet.Transport.Async;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// Lets what belongs to one connection run one after the other, on whichever threads of the pool: a TLS session is not made for a shutdown
/// in one thread and a read in another. Nothing waits for it: a caller that comes while it is busy leaves its work to the one that is
/// there.
/// </summary>
internal sealed class ManagedStrand
{
    private readonly Lock _gate = new();
    private readonly Queue<IStrandWork> _waiting = new();
    private bool _isBusy;

    /// <summary>An await that goes on on this strand. Any thread.</summary>
    public LaneHop Here => field ??= new LaneHop((continuation, state) => ThreadPool.UnsafeQueueUserWorkItem(
        static hop => hop.Strand.Run(hop.Work), (Strand: this, Work: new StrandHop(continuation, state)), preferLocal: false));

    /// <summary>Runs the work now, or leaves it behind what runs already.</summary>
    public void Run(IStrandWork work)
    {
        lock (_gate)
        {
            if (_isBusy)
            {
                _waiting.Enqueue(work);
                return;
            }

            _isBusy = true;
        }

        var next = work;
        while (next is not null)
        {
            next.Run();
            lock (_gate)
            {
                _isBusy = _waiting.TryDequeue(out next);
            }
        }
    }
}
