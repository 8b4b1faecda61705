namespace HaProxyNet.Simulator.Framing;

/// <summary>What a request asks the agent to do; each with its own usual duration and reply size.</summary>
public enum RpcOperation
{
    /// <summary>Nothing, as a "test connection" does: 5–50 ms.</summary>
    DoNothing,

    /// <summary>A change in a directory: 0.1–2 s.</summary>
    Modify,

    /// <summary>A script before or after a change: 5–60 s.</summary>
    Script,

    /// <summary>A read of many accounts: a reply of 1 MB.</summary>
    Aggregate,
}
