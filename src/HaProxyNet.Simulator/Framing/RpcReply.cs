namespace HaProxyNet.Simulator.Framing;

/// <summary>A reply.</summary>
/// <param name="Id">The id of the request that it answers.</param>
/// <param name="Operation">The operation that was executed.</param>
/// <param name="Agent">The agent that executed it.</param>
/// <param name="ServiceTime">The time from the complete request to the reply, in whole microseconds: what no proxy can be blamed
/// for.</param>
/// <param name="QueueTime">The time that the accepted connection waited for a thread of the agent, in whole microseconds; not part of
/// <paramref name="ServiceTime"/>.</param>
/// <param name="PaddingSize">Characters of padding.</param>
public sealed record RpcReply(
    string Id,
    RpcOperation Operation,
    AgentIdentity Agent,
    TimeSpan ServiceTime,
    TimeSpan QueueTime,
    int PaddingSize);
