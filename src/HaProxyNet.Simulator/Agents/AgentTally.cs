namespace HaProxyNet.Simulator.Agents;

/// <summary>Counts what <see cref="AgentCounters"/> shows. Thread-safe.</summary>
internal sealed class AgentTally
{
    private long _accepted;
    private long _empty;
    private long _incomplete;
    private long _requests;
    private long _duplicates;
    private long _repliesSent;
    private long _inProgress;
    private long _longestQueueWaitTicks;

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void Empty() => Interlocked.Increment(ref _empty);

    public void Incomplete() => Interlocked.Increment(ref _incomplete);

    public void Executing(bool firstTime)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _inProgress);
        if (!firstTime)
        {
            Interlocked.Increment(ref _duplicates);
        }
    }

    public void Executed() => Interlocked.Decrement(ref _inProgress);

    public void ReplySent() => Interlocked.Increment(ref _repliesSent);

    public void Waited(TimeSpan wait)
    {
        long seen;
        while (wait.Ticks > (seen = Volatile.Read(ref _longestQueueWaitTicks))
            && Interlocked.CompareExchange(ref _longestQueueWaitTicks, wait.Ticks, seen) != seen)
        {
            // Another connection got in between: look again whether ours is still the longest.
        }
    }

    public AgentCounters Read(int open) => new(
        Volatile.Read(ref _accepted),
        Volatile.Read(ref _empty),
        Volatile.Read(ref _incomplete),
        Volatile.Read(ref _requests),
        Volatile.Read(ref _duplicates),
        Volatile.Read(ref _repliesSent),
        Volatile.Read(ref _inProgress),
        open,
        new TimeSpan(Volatile.Read(ref _longestQueueWaitTicks)));
}
