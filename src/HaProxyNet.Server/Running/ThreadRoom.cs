namespace HaProxyNet.Server.Running;

/// <summary>
/// How many threads the system still gives this process. Nobody can tell from the limits: root is exempt from one, other programs share
/// them, and a container may not see its own. So it is tried.
/// </summary>
internal static class ThreadRoom
{
    /// <summary>
    /// At the beginning of a proxy that serves: lanes, log, history, timers, sockets, and some of the pool. With fewer the runtime would
    /// end it in the middle of the start.
    /// </summary>
    private const int Least = 10;

    /// <summary>Says what is missing, where the command is one that serves; true when nothing is.</summary>
    public static bool IsEnough(string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !arguments.Contains("run", StringComparer.Ordinal) || Count(Least) is var given && given == Least)
        {
            return true;
        }

        StandardStreams.Say(
            $"haproxynet run: the system lets this process start only {given} more threads, and it needs {Least} to begin; raise the limit "
                + "(pids.max of the container, TasksMax= of the service, ulimit -u; or of its memory: ulimit -v and -d)");
        return false;
    }

    /// <summary>Starts so many threads that do nothing, and ends them: how many there could be at once.</summary>
    public static int Count(int most)
    {
        using var isOver = new ManualResetEventSlim();
        var started = new List<Thread>(most);
        while (started.Count < most && Create("room", isOver.Wait) is { } thread)
        {
            started.Add(thread);
        }

        isOver.Set();
        started.ForEach(thread => thread.Join());
        return started.Count;
    }

    /// <summary>Runs something on a thread of its own; false: the system gives none.</summary>
    public static bool TryStart(string name, Action run) => Create(name, run) is not null;

    private static Thread? Create(string name, Action run)
    {
        try
        {
            var thread = new Thread(() => run()) { Name = name, IsBackground = true };
            thread.Start();
            return thread;
        }
        catch (Exception fault) when (fault is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }
}
