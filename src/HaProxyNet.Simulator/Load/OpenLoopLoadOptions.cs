using HaProxyNet.Simulator.Workloads;

namespace HaProxyNet.Simulator.Load;

/// <summary>What a load sends.</summary>
public sealed record OpenLoopLoadOptions
{
    /// <summary>Requests a second; more than 0.</summary>
    public required double Rate { get; init; }

    /// <summary>How long requests are sent; the replies to the last ones are waited for beyond that.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What is asked for.</summary>
    public WorkloadProfile Workload { get; init; } = WorkloadProfile.Quick;

    /// <summary>Makes runs repeatable.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Begins every id; default: random.</summary>
    public string? Run { get; init; }

    /// <summary>
    /// Requests under way at most. One that is due beyond that is not sent and counts as failed: an open loop does not wait.
    /// </summary>
    public int MaxInFlight { get; init; } = 10_000;
}
