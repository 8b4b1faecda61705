namespace HaProxyNet.Configuration.Clusters;

/// <summary>What happens to connections that are open on a destination that goes down.</summary>
public enum FailureSessions
{
    /// <summary>They go on: one that is broken ends by itself, and one that works loses nothing.</summary>
    Leave,

    /// <summary>They are closed at once, so that clients connect again.</summary>
    Close,
}
