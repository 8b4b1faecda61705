using System.Net;
using System.Text.Json;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Failover;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Running;

/// <summary>The parts of the failover work that have a process of their own.</summary>
internal static class FailoverProcesses
{
    /// <summary>An agent, until it is killed.</summary>
    public static async Task RunAgentAsync(string endpoint, long number, string ledgerPath, CancellationToken cancellation)
    {
        using var ledger = new AgentLedger(ledgerPath);
        await new FailoverAgent(IPEndPoint.Parse(endpoint), number, ledger).RunAsync(cancellation);
    }

    /// <summary>One run in this process's network namespace; prints the reading.</summary>
    public static async Task RunCellAsync(ComparisonOptions options, string contenderName, string fault, CancellationToken cancellation)
    {
        // A new namespace begins with loopback down. In the machine's own it is up, and this may not be allowed.
        await Tool.RunAsync([], "ip", ["link", "set", "lo", "up"], cancellation);
        using var folder = new ScratchFolder();
        var bench = new Bench(options, CpuPlan.Divide(CpuPlan.ParseList(options.AllowedCpus!), options.Threads), folder.Path);
        var contenders = ContenderCatalog.All(ContenderCatalog.PeerProducts, options);
        var contender = contenders.First(contender => contender.Name == contenderName);
        var reading = await new FailoverCell(bench, contender, Enum.Parse<FaultKind>(fault)).RunAsync(cancellation);
        Console.WriteLine(JsonSerializer.Serialize(reading.Values));
    }
}
