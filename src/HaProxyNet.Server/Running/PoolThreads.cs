using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Running;

/// <summary>
/// Starts the threads of the thread pool once, when all serves, and keeps them. By itself the runtime starts one when there is more work
/// and ends it after a while; where the system gives none (pids.max of a container, TasksMax=, ulimit -u, used up by another program), it
/// ends the process and all its connections. What it has already, it does not ask for.
/// </summary>
internal sealed partial class PoolThreads(ILogger<PoolThreads> logger) : IHostedLifecycleService
{
    /// <summary>
    /// How many there are at most. The pool carries timers, probes, the admin endpoint, and the connections of the Managed engine; none of
    /// them holds a thread while it waits. ThreadsToKeepAlive in the project file is not less.
    /// </summary>
    private static readonly int _wanted = Math.Max(16, 2 * Environment.ProcessorCount);

    /// <summary>Left for threads that come and go: names, the judges of certificates, documents.</summary>
    private const int Spare = 4;

    /// <summary>Work that is there already comes first; the threads that do it are some that were to be started.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!ThreadRoom.TryStart("pool", Prepare))
        {
            LogFew(0);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>How many threads the pool may have, where the system has given so many when it was asked.</summary>
    public static int MostOf(int given) => Math.Clamp(given - Spare, Environment.ProcessorCount, _wanted);

    private void Prepare()
    {
        var given = ThreadRoom.Count(_wanted + Spare);
        if (given < _wanted + Spare)
        {
            LogFew(given);
        }

        Start(MostOf(given));

        // Once more: what this has read of the executable, nothing else reads.
        ExecutablePages.HandBack();
    }

    /// <summary>As many pieces of work as threads, each of which waits for all others to have begun.</summary>
    private static void Start(int most)
    {
        ThreadPool.GetMinThreads(out var least, out var leastForInput);
        ThreadPool.GetMaxThreads(out _, out var mostForInput);
        ThreadPool.SetMaxThreads(most, mostForInput);
        ThreadPool.SetMinThreads(most, leastForInput);
        var together = new Gathering(most);
        for (var thread = 0; thread < most; thread++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static all => all.Join(_patience), together, preferLocal: false);
        }

        together.Wait(_patience);

        // They stay, and the pool goes on as before: no more of them work at once than there are processors, unless they wait.
        ThreadPool.SetMinThreads(least, leastForInput);
        ThreadPool.SetMaxThreads(Math.Max(least, Environment.ProcessorCount), mostForInput);
        ThreadPool.SetMaxThreads(most, mostForInput);
    }

    [LoggerMessage(EventIds.FewThreads, LogLevel.Warning,
        "The system lets this process start only {Count} more threads (pids.max of the container, TasksMax= of the service, ulimit -u). "
            + "It serves; raise the limit, or find the program that uses it up.")]
    private partial void LogFew(int count);

    /// <summary>Lets nobody go before all are there.</summary>
    private sealed class Gathering(int all)
    {
        private readonly object _gate = new();
        private int _there;

        public void Join(TimeSpan patience)
        {
            lock (_gate)
            {
                if (++_there == all)
                {
                    Monitor.PulseAll(_gate);
                }
                else if (_there < all)
                {
                    Monitor.Wait(_gate, patience);
                }
            }
        }

        public void Wait(TimeSpan patience)
        {
            lock (_gate)
            {
                if (_there < all)
                {
                    Monitor.Wait(_gate, patience);
                }
            }
        }
    }
}
