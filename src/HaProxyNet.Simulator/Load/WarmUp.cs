using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Workloads;

namespace HaProxyNet.Simulator.Load;

/// <summary>
/// Gets the code of agent and client compiled before it matters, so that the first requests of a run are not its slowest.
/// </summary>
public static class WarmUp
{
    // Past the 30 calls after which the runtime compiles a method anew, with some to spare.
    private const int Requests = 200;

    /// <summary>Sends requests to an agent made for this, on loopback. Takes a fraction of a second and leaves nothing behind.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await using var agent = new SimulatedAgent();
        await agent.StartAsync();
        var load = new OpenLoopLoad(
            new SimulatedClient(agent.EndPoint),
            new OpenLoopLoadOptions
            {
                Rate = 1_000,
                Duration = TimeSpan.FromSeconds(1) / 1_000 * Requests,
                Workload = WorkloadProfile.Ping,
            },
            [agent.Ledger]);
        await load.RunAsync(cancellationToken);
    }
}
