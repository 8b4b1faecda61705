using System.Net;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Load;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Demo;

/// <summary>Looks at everyone on the stage.</summary>
internal sealed class DemoObserver(
    OpenLoopLoad load, IPEndPoint proxy, Cluster cluster, SimulatedAgent primary, SimulatedAgent secondary, RequestLedger ledger,
    DemoEvents events)
{
    /// <summary>What is to be seen now; events are handed out once.</summary>
    public DemoSnapshot Look() => new(
        events.Elapsed,
        proxy.ToString(),
        DemoReport.Of(load.Snapshot(), cluster) with { Duplicates = ledger.Duplicates },
        [Agent(primary), Agent(secondary)],
        events.Take());

    private AgentView Agent(SimulatedAgent agent)
    {
        var destination = Array.Find(cluster.Plan.Destinations, d => d.Name == agent.Options.Name)!;
        return new AgentView(
            agent.Options.Name,
            agent.IsListening,
            destination.Condition.State is DestinationStatus.Up,
            cluster.IsActive(destination),
            agent.Counters.Requests);
    }
}
