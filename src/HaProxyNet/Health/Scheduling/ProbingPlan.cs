using System.Runtime.CompilerServices;
using HaProxyNet.State;

namespace HaProxyNet.Health.Scheduling;

/// <summary>What probing makes of the settings of a cluster: compiled once for each plan, and found by it.</summary>
/// <param name="Policy">When and how destinations are probed.</param>
/// <param name="Drill">When every standby is proven; null: never.</param>
internal sealed record ProbingPlan(ProbePolicy Policy, DrillPlan? Drill)
{
    private static readonly ConditionalWeakTable<ClusterPlan, ProbingPlan> _compiled = [];

    /// <summary>The part of a plan that concerns probes. Any thread.</summary>
    public static ProbingPlan Of(ClusterPlan plan) => _compiled.GetValue(
        plan, static p => new ProbingPlan(ProbePolicy.From(p.Options, p.TimestampFrequency), DrillPlan.From(p.Options)));
}
