namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// What an agent has seen since it was made, kills and revivals included. Once no connection is open,
/// <c>Accepted = Empty + Incomplete + Requests</c>.
/// </summary>
/// <param name="Accepted">Connections that accept() returned. A half-open probe is never among them.</param>
/// <param name="Empty">Accepted connections that ended before their first byte, by FIN, RST, time-out or kill: what a clumsy health check
/// leaves behind.</param>
/// <param name="Incomplete">Accepted connections that ended after their first byte but without a request that was executed: cut off,
/// garbage, or silenced by a fault.</param>
/// <param name="Requests">Requests executed.</param>
/// <param name="Duplicates">Executions of an id beyond its first one, on this agent.</param>
/// <param name="RepliesSent">Replies that were sent whole.</param>
/// <param name="InProgress">Requests being executed now.</param>
/// <param name="Open">Connections open now, those that wait for a worker included.</param>
/// <param name="LongestQueueWait">The longest time that an accepted connection waited for a worker.</param>
public sealed record AgentCounters(
    long Accepted,
    long Empty,
    long Incomplete,
    long Requests,
    long Duplicates,
    long RepliesSent,
    long InProgress,
    long Open,
    TimeSpan LongestQueueWait);
