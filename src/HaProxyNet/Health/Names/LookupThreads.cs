namespace HaProxyNet.Health.Names;

/// <summary>
/// Threads for calls that block: as many as there are calls, up to a bound, and none when there is nothing to do. The thread pool is left
/// to those that give their thread back. Any thread.
/// </summary>
internal sealed class LookupThreads
{
    /// <summary>More names than this that are silent at the same moment wait for one another.</summary>
    private const int Most = 256;

    /// <summary>Enough for the resolvers of glibc and musl; only what is touched is memory.</summary>
    private const int StackSize = 512 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Action> _due = new();
    private int _running;

    /// <summary>How many threads there are now.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Makes a call on one of the threads.</summary>
    public Task<T> RunAsync<T>(Func<T> call)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _due.Enqueue(() => Complete(call, result));
            if (_running < Most)
            {
                StartOne();
            }
        }

        return result.Task;
    }

    private static void Complete<T>(Func<T> call, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(call());
        }
#pragma warning disable CA1031 // The boundary of the thread: it is the caller's to judge.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            result.SetException(fault);
        }
    }

    private void StartOne()
    {
        try
        {
            new Thread(Run, StackSize) { IsBackground = true, Name = "names" }.Start();
            _running++;
        }
        catch (OutOfMemoryException) when (_running > 0)
        {
            // The system gives no more threads: those that there are do it later.
        }
    }

    private void Run()
    {
        while (true)
        {
            Action call;
            lock (_gate)
            {
                if (!_due.TryDequeue(out call!))
                {
                    _running--;
                    return;
                }
            }

            call();
        }
    }
}
