using System.Globalization;
using System.Net;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Failover;

/// <summary>One failover run of one contender: two agents, the proxy, an open-loop load, one fault, one repair.</summary>
internal sealed class FailoverCell(Bench bench, Contender contender, FaultKind fault)
{
    private const int RequestsPerSecond = 100;
    private const int WarmUpRequests = 200;
    private const long PrimaryNumber = 1;
    private const long SecondaryNumber = 2;

    /// <summary>Runs it; the keys of the values begin with the fault.</summary>
    public async Task<Reading> RunAsync(CancellationToken cancellation)
    {
        using var primaryLedger = new AgentLedger(LedgerPath(PrimaryNumber));
        using var secondaryLedger = new AgentLedger(LedgerPath(SecondaryNumber));
        var primaryEndpoint = new IPEndPoint(IPAddress.Loopback, FreePorts.Next());
        var secondaryEndpoint = new IPEndPoint(IPAddress.Loopback, FreePorts.Next());
        var primary = await StartAgentAsync(primaryEndpoint, PrimaryNumber, primaryLedger, cancellation);
        await using var secondary = await StartAgentAsync(secondaryEndpoint, SecondaryNumber, secondaryLedger, cancellation);
        try
        {
            // The baseline talks to the agent that nothing happens to: its waits are the machine's own.
            var setup = bench.Setup(contender.Role == ContenderRole.Baseline ? secondaryEndpoint : primaryEndpoint, secondaryEndpoint);
            await using var proxy = await ProxyProcess.StartAsync(contender, setup, cancellation);
            var client = new OpenLoopClient(proxy.Endpoint, RequestsPerSecond);
            await WarmUpAsync(client, cancellation);
            var empty = Empty();
            var load = client.RunAsync(FailoverTimes.Planned.End, cancellation);

            await Task.Delay(FailoverTimes.Planned.Fault - client.Elapsed, cancellation);
            var faultAt = client.Elapsed;
            await (fault == FaultKind.Refused ? primary.KillAsync() : PacketDrop.BeginAsync(primaryEndpoint.Port, cancellation));
            var goneAt = client.Elapsed;

            await Task.Delay(FailoverTimes.Planned.Repair - client.Elapsed, cancellation);
            if (fault == FaultKind.Refused)
            {
                await primary.DisposeAsync();
                primary = await StartAgentAsync(primaryEndpoint, PrimaryNumber, primaryLedger, cancellation);
            }
            else
            {
                await PacketDrop.EndAsync(cancellation);
            }

            var repairedAt = client.Elapsed;
            var records = await load;
            var times = new FailoverTimes(faultAt, goneAt, repairedAt, FailoverTimes.Planned.End);
            return Report(
                FailoverJudgement.Of(records, times, PrimaryNumber, id => primaryLedger.ExecutionsOf(id) + secondaryLedger.ExecutionsOf(id)),
                Empty() - empty);
        }
        finally
        {
            await primary.DisposeAsync();
        }

        long Empty() => primaryLedger.Accepted + secondaryLedger.Accepted - primaryLedger.Requests - secondaryLedger.Requests;
    }

    private static async Task WarmUpAsync(OpenLoopClient client, CancellationToken cancellation)
    {
        // The first tries may come before a health check has found the agents.
        for (var tries = 0; (await client.TryOnceAsync()).Agent is null; tries++)
        {
            if (tries > 50)
            {
                throw new ComparisonException("No request was answered before the fault.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }

        for (var request = 0; request < WarmUpRequests; request++)
        {
            await client.TryOnceAsync();
        }
    }

    private Reading Report(FailoverJudgement judgement, long empty)
    {
        var prefix = FailoverMetrics.Prefix(fault);
        List<(string, double)> values =
        [
            (prefix + "failed", judgement.Failed),
            (prefix + "cut", judgement.CutInFlight),
            (prefix + "replayed", judgement.Replayed),
            (prefix + "worst_ms", judgement.WorstMs),
            (prefix + "p999_ms", judgement.P999Ms),
            (prefix + "added_ms", judgement.AddedMs),
            (prefix + "empty", empty),
        ];
        if (judgement.BackMs is { } back)
        {
            values.Add((prefix + "back_ms", back));
        }

        return Reading.Of(values);
    }

    private async Task<Daemon> StartAgentAsync(IPEndPoint endpoint, long number, AgentLedger ledger, CancellationToken cancellation)
    {
        ledger.Listening = 0;
        var daemon = Daemon.Start(
            bench.Cpus.Load,
            Path.Combine(bench.Folder, $"agent{number}.log"),
            Environment.ProcessPath!,
            [.. SelfInvocation.Arguments, "agent", endpoint.ToString(), number.ToString(CultureInfo.InvariantCulture), LedgerPath(number)]);
        while (ledger.Listening != daemon.Id)
        {
            if (daemon.HasExited)
            {
                throw new ComparisonException($"An agent ended: {daemon.LastWords()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellation);
        }

        return daemon;
    }

    private string LedgerPath(long number) => Path.Combine(bench.Folder, $"agent{number}.ledger");
}
