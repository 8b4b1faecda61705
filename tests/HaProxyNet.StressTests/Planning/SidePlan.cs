namespace HaProxyNet.StressTests.Planning;

/// <summary>What one side of a connection does.</summary>
internal sealed record SidePlan
{
    /// <summary>Bytes that it sends.</summary>
    public required int Bytes { get; init; }

    /// <summary>The most bytes of one send.</summary>
    public int Piece { get; init; } = 64 * 1024;

    /// <summary>The most bytes of one read.</summary>
    public int ReadSize { get; init; } = 64 * 1024;

    /// <summary>What it waits before each read.</summary>
    public TimeSpan ReadPause { get; init; }

    /// <summary>Its system holds few bytes for it, so that a slow reader is felt at once.</summary>
    public bool SmallBuffers { get; init; }

    /// <summary>It sends nothing before it has received something.</summary>
    public bool Listens { get; init; }

    /// <summary>How it ends.</summary>
    public SideEnd End { get; init; }

    /// <summary>After how many bytes, for the ends that have a point.</summary>
    public int EndAt { get; init; }
}
