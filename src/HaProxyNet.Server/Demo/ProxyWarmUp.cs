using System.Net;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Load;
using HaProxyNet.Simulator.Workloads;

namespace HaProxyNet.Server.Demo;

/// <summary>
/// Some RPCs through the proxy before the curtain, so that the worst wait is the proxy's and not the compiler's. The client's count leaves
/// them out; the ledger and the proxy's metrics have them.
/// </summary>
internal static class ProxyWarmUp
{
    public static async Task RunAsync(IPEndPoint proxy, RequestLedger ledger, CancellationToken stop)
    {
        await WarmUp.RunAsync(stop);
        var options = new OpenLoopLoadOptions { Rate = 400, Duration = TimeSpan.FromSeconds(0.5), Workload = WorkloadProfile.Ping };
        await new OpenLoopLoad(new SimulatedClient(proxy), options, [ledger]).RunAsync(stop);
    }
}
