using HaProxyNet.Configuration.Health;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health.Scheduling;

/// <summary>Proves one standby, and says so.</summary>
internal sealed partial class Drill(Prober prober, TimeProvider time, ILogger<Drill> logger)
{
    /// <summary>Whether the destination is one that traffic does not prove, and that may be asked.</summary>
    public static bool IsMeant(Cluster cluster, Destination destination)
        => !cluster.IsActive(destination) && destination.Maintenance is not Vocabulary.Maintenance.Disabled;

    /// <summary>
    /// Asks it once. With <see cref="ProbeMode.Never"/> only good news is evidence: nobody would find out that bad ones are over.
    /// </summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async Task RunAsync(Cluster cluster, Destination destination, DrillPlan plan, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        var timeout = ProbingPlan.Of(cluster.Plan).Policy.TimeoutOf(plan.Scope, ProbingPlan.Of(cluster.Plan).Policy.Timeout);
        var question = new ProbeQuestion(plan.Probe, AtOwnPort: !plan.Probe.Method.IsBeyondConnect(), plan.Scope, timeout);
        var result = await prober.AskAsync(cluster, destination, question, stopping);
        if (result is ProbeResult.Success || ProbingPlan.Of(cluster.Plan).Policy.Mode is not ProbeMode.Never)
        {
            prober.Report(cluster, destination, result, plan.Scope, began);
        }

        Tell(cluster, destination, result is ProbeResult.Success, result.Label());
    }

    /// <summary>It is being probed already, because it is down: its drill has failed.</summary>
    public void Skip(Cluster cluster, Destination destination)
        => Tell(cluster, destination, hasServed: false, destination.Condition.Reason.Label());

    private void Tell(Cluster cluster, Destination destination, bool hasServed, string result)
    {
        destination.Drills.Add(result);
        if (hasServed)
        {
            LogProven(cluster.Name, destination.Name);
        }
        else
        {
            LogNotProven(cluster.Name, destination.Name, destination.Model.Address.ToString(), result);
        }
    }

    [LoggerMessage(EventIds.StandbyProven, LogLevel.Information, "Drill: {Cluster}/{Destination} serves.")]
    private partial void LogProven(string cluster, string destination);

    [LoggerMessage(EventIds.StandbyNotProven, LogLevel.Warning,
        "Drill: {Cluster}/{Destination} ({Address}) does not serve, {Reason}. A failover to it would fail: repair it while the primary "
            + "works.")]
    private partial void LogNotProven(string cluster, string destination, string address, string reason);
}
