using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>The client of samples/IqServicePair: a steady rate of RPCs, each a connection.</summary>
internal sealed class IqClient : ProcessUnderTest
{
    private IqClient(string[] command)
        : base("client", command[0], command[1..])
    {
    }

    public static IqClient Start(int port, int rate, TimeSpan duration, IEnumerable<IqAgent> agents, params string[] prefix)
        => StartAt($"127.0.0.1:{port}", rate, duration, "quick", agents, prefix);

    public static IqClient StartAt(
        string target,
        int rate,
        TimeSpan duration,
        string workload,
        IEnumerable<IqAgent> agents,
        params string[] prefix) => new(
    [
        .. prefix, "dotnet", BuildOutput.IqServicePair, "client", "--target", target, "--rate", $"{rate}", "--workload", workload,
        "--duration", $"{duration.TotalSeconds}s", "--timeout", "20s", .. agents.SelectMany(agent => new[] { "--ledgers", agent.Ledger }),
    ]);

    /// <summary>Waits for its end and gives its last line.</summary>
    public async Task<Pairs> ReportAsync()
    {
        await EndAsync(TimeSpan.FromMinutes(5));
        var reports = Pairs.In(Lines, "rpcs");
        Assert.True(reports.Count == 1, Text);
        return reports[0];
    }
}
