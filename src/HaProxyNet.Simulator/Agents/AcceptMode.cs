namespace HaProxyNet.Simulator.Agents;

/// <summary>How many accepted connections an agent serves at a time. The others wait in the order they came.</summary>
public readonly record struct AcceptMode
{
    private AcceptMode(int workers) => Workers = workers;

    /// <summary>Every connection is served at once, as if by a thread of its own.</summary>
    public static AcceptMode ThreadPerConnection => default;

    /// <summary>One after the other: a connection that sends nothing blocks the next ones until the read time-out.</summary>
    public static AcceptMode Serial => new(1);

    /// <summary>Connections served at a time; 0 means no limit.</summary>
    public int Workers { get; }

    /// <summary>So many at a time; 1 or more.</summary>
    public static AcceptMode FixedPool(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return new(workers);
    }
}
