namespace HaProxyNet.Configuration.Clusters;

/// <summary>What happens, after a failback, to connections that are open on the destination that was active before.</summary>
public enum FailbackSessions
{
    /// <summary>They go on until they end.</summary>
    Leave,

    /// <summary>Each is closed when it has carried no byte for <c>QuietFor</c>.</summary>
    CloseWhenQuiet,

    /// <summary>Those that are open <c>SessionsDeadline</c> after the failback are closed.</summary>
    Deadline,

    /// <summary>They are closed at once.</summary>
    Close,
}
