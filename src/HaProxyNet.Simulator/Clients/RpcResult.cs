using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Clients;

/// <summary>What became of a request.</summary>
public sealed record RpcResult
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>How it ended.</summary>
    public required RpcOutcome Outcome { get; init; }

    /// <summary>The time until the connection stood; null when it never did.</summary>
    public TimeSpan? ConnectTime { get; init; }

    /// <summary>The time from the request's start, before connecting, until the reply's first byte; null when none came.</summary>
    public TimeSpan? FirstByteTime { get; init; }

    /// <summary>The time from the request's start, before connecting, to its end.</summary>
    public required TimeSpan TotalTime { get; init; }

    /// <summary>The reply, which names the agent; null unless the outcome is <see cref="RpcOutcome.Ok"/>.</summary>
    public RpcReply? Reply { get; init; }

    /// <summary>What went wrong, for a reader; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// The part of <see cref="TotalTime"/> that the agent did not spend on the request: connecting, transport, and whatever stands between.
    /// </summary>
    public TimeSpan AddedWait => TotalTime - (Reply?.ServiceTime ?? TimeSpan.Zero) - (Reply?.QueueTime ?? TimeSpan.Zero);
}
