namespace HaProxyNet.Simulator.Clients;

/// <summary>How a request ended, as its client saw it.</summary>
public enum RpcOutcome
{
    /// <summary>The right reply came, whole.</summary>
    Ok,

    /// <summary>No connection: refused, unreachable, or the name does not resolve.</summary>
    ConnectFailed,

    /// <summary>The connection was reset after it had been established.</summary>
    Reset,

    /// <summary>The connection was closed in order before a byte of the reply.</summary>
    ClosedBeforeReply,

    /// <summary>The connection was closed in order after a part of the reply.</summary>
    Truncated,

    /// <summary>No whole reply came in time, or no connection.</summary>
    TimedOut,

    /// <summary>What came is no reply, or another request's.</summary>
    BadReply,

    /// <summary>The load generator had too many requests under way and did not send this one.</summary>
    NotSent,
}
