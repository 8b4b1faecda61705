using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Workloads;

/// <summary>How one operation appears in a workload.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Share">Its share of all requests, relative to the other operations' shares; more than 0.</param>
/// <param name="Shortest">The shortest time an agent works on it.</param>
/// <param name="Longest">The longest time; times between are equally likely.</param>
/// <param name="ReplySize">The padding in its replies, in bytes.</param>
public sealed record OperationProfile(
    RpcOperation Operation,
    double Share,
    TimeSpan Shortest,
    TimeSpan Longest,
    SizeDistribution ReplySize);
