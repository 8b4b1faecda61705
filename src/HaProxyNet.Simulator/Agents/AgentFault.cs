namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// What is wrong with an agent. A connection keeps the fault that it was accepted under, except that the reply looks at the fault of its
/// moment.
/// </summary>
public enum AgentFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>New connections are refused; accepted ones are served to their end.</summary>
    Refuse,

    /// <summary>
    /// New connections get no answer at all, as from a machine that lost power. Done without privilege: the port is taken over by a
    /// listening socket whose backlog of one is full, and the kernel drops the SYNs to it. Linux only.
    /// </summary>
    StopAnsweringSyn,

    /// <summary>Connections are accepted and their bytes read, but never answered or closed.</summary>
    AcceptThenSilence,

    /// <summary>The request is executed, then the connection is closed instead of the reply.</summary>
    FinBeforeReply,

    /// <summary>The request is executed, half of the reply is sent, then the connection is reset.</summary>
    ResetInMidReply,

    /// <summary>The request is executed, half of the reply is sent, then the connection is closed.</summary>
    TruncatedReply,

    /// <summary>The request is executed, the reply comes in small pieces with pauses.</summary>
    SlowDrip,

    /// <summary>The first bytes are answered with the beginning of a TLS ServerHello, of which the rest never comes.</summary>
    HungHandshake,
}
