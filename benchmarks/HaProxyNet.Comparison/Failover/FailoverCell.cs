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
        await using var primary = await StartAgentAsync(primaryEndpoint, PrimaryNumber, primaryLedger, cancellation);
        await ReleaseAsync(primary, primaryLedger, cancellation);

        // It takes the primary's place when that has been killed. Its own start would be felt by the load.
        await using var replacement = await StartAgentAsync(primaryEndpoint, PrimaryNumber, primaryLedger, cancellation);
        await using var secondary = await StartAgentAsync(secondaryEndpoint, SecondaryNumber, secondaryLedger, cancellation);
        await ReleaseAsync(secondary, secondaryLedger, cancellation);

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
            await ReleaseAsync(replacement, primaryLedger, cancellation);
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
            (prefix + "first_second_ms", judgement.FirstSecondMs),
            (prefix + "empty", empty),
        ];
        if (judgement.BackMs is { } back)
        {
            values.Add((prefix + "back_ms", back));
        }

        return Reading.Of(values);
    }

    /// <summary>Starts one that is ready to listen.</summary>
    private async Task<Daemon> StartAgentAsync(IPEndPoint endpoint, long number, AgentLedger ledger, CancellationToken cancellation)
    {
        var daemon = Daemon.Start(
            bench.Cpus.Load,
            Path.Combine(bench.Folder, $"agent{number}.log"),
            Environment.ProcessPath!,
            [.. SelfInvocation.Arguments, "agent", endpoint.ToString(), number.ToString(CultureInfo.InvariantCulture), LedgerPath(number)]);
        await UntilAsync(() => ledger.Warm == daemon.Id, daemon, cancellation);
        return daemon;
    }

    /// <summary>Has it listen.</summary>
    private static async Task ReleaseAsync(Daemon agent, AgentLedger ledger, CancellationToken cancellation)
    {
        ledger.Released = agent.Id;
        await UntilAsync(() => ledger.Listening == agent.Id, agent, cancellation);
    }

    private static async Task UntilAsync(Func<bool> isDone, Daemon agent, CancellationToken cancellation)
    {
        while (!isDone())
        {
            if (agent.HasExited)
            {
                throw new ComparisonException($"An agent ended: {agent.LastWords()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellation);
        }
    }

    private string LedgerPath(long number) => Path.Combine(bench.Folder, $"agent{number}.ledger");
}
