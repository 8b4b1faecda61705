using System.Globalization;
using HaProxyNet.Simulator.Load;
using HaProxyNet.State;

namespace HaProxyNet.Server.Demo;

/// <summary>The demo in one line: counted at the client, in the agents' ledger, and in the proxy.</summary>
/// <param name="Rpcs">RPCs that the client sent.</param>
/// <param name="Failed">RPCs without an answer, or with an answer that no agent's ledger knows.</param>
/// <param name="Duplicates">RPCs that were executed more than once.</param>
/// <param name="Failovers">Switches from the primary to the secondary, as the proxy counts them.</param>
/// <param name="Failbacks">Switches back.</param>
/// <param name="Wait">How long RPCs took beyond the agent's own work.</param>
/// <param name="SendDelay">How late the client itself sent at worst: what a busy machine does to everyone on it.</param>
internal sealed record DemoReport(
    long Rpcs, long Failed, long Duplicates, long Failovers, long Failbacks, LatencySummary Wait, TimeSpan SendDelay)
{
    /// <summary>Nothing was lost, and nothing was done twice.</summary>
    public bool IsClean => Failed == 0 && Duplicates == 0;

    /// <summary>Something was sent as well. A viewer that ends the demo before that has seen nothing go wrong.</summary>
    public bool HasShown => Rpcs > 0 && IsClean;

    public static DemoReport Of(LoadReport load, Cluster cluster) => new(
        load.Sent,
        load.Failed + load.Unexecuted,
        load.Duplicates,
        Switches(cluster, "primary", "secondary"),
        Switches(cluster, "secondary", "primary"),
        load.AddedWait,
        load.SendDelay.Max);

    /// <summary>The line that scripts read.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"rpcs={Rpcs} failed={Failed} duplicates={Duplicates} failovers={Failovers} failbacks={Failbacks} worst_wait_ms="
            + $"{Wait.Max.TotalMilliseconds:0.0}");

    /// <summary>A line for people, to judge the worst wait by.</summary>
    public string Waits() => string.Create(
        CultureInfo.InvariantCulture,
        $"added wait: median {Wait.P50.TotalMilliseconds:0.0} ms, 99 % {Wait.P99.TotalMilliseconds:0.0} ms, "
            + $"worst {Wait.Max.TotalMilliseconds:0.0} ms; client late by {SendDelay.TotalMilliseconds:0.0} ms");

    private static long Switches(Cluster cluster, string from, string to)
        => cluster.Active.Switches.Read().Where(s => s.From == from && s.To == to).Sum(s => s.Count);
}
