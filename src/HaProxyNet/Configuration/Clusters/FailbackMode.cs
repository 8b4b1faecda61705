namespace HaProxyNet.Configuration.Clusters;

/// <summary>When new connections go back to a more preferred destination that accepts again.</summary>
public enum FailbackMode
{
    /// <summary>At once.</summary>
    Immediate,

    /// <summary>When it has been up for <c>StableFor</c>.</summary>
    StableFor,

    /// <summary>When no connection is open on the destination that is active now.</summary>
    WhenIdle,

    /// <summary>On the days and between the times of <c>Window</c>, local time.</summary>
    Window,

    /// <summary>When an operator says so.</summary>
    Manual,
}
