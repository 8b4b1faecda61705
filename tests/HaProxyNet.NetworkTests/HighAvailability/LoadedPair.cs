using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>
/// samples/HighAvailability under 100 RPCs a second: what a failover of the proxy itself costs. A line for each: failed RPCs, the time
/// until the address served again (failed RPCs by their rate), the longest wait. Asserted: nothing is executed twice, and what is planned
/// cuts nothing.
/// </summary>
internal static class LoadedPair
{
    /// <summary>RPCs a second.</summary>
    public const int Rate = 100;

    /// <summary>What a busy machine may add: the figures that count are printed.</summary>
    private const int MostThatFail = 20 * Rate;

    /// <summary>How often a node says that it is there, unless a test says otherwise.</summary>
    public static TimeSpan Second { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Runs something under load, from two seconds before it to three seconds behind it.</summary>
    public static async Task<Pairs> WhileAsync(NodePair pair, string workload, Func<Task> happens)
    {
        await using var client = pair.StartClient(Rate, workload);
        await HasServedAsync(client, 2 * Rate);
        await happens();
        await HasServedAsync(client, Served(client) + (3 * Rate));
        client.Send(Signal.Terminate);
        return await client.ReportAsync();
    }

    private static Task HasServedAsync(IqClient client, long count)
        => Eventually.HoldsAsync(() => Served(client) >= count, () => $"{count} RPCs were served:\n{client.Text}");

    private static long Served(IqClient client) => Pairs.In(client.Lines, "ok") is [.., var last] ? last.Count("ok") : 0;

    public static async Task IsMasterAsync(NodePair pair, Node node)
    {
        await Eventually.HoldsAsync(
            node.HasAddressAsync, () => $"{node.Host.Name} has the address:\n{node.Describe()}", TimeSpan.FromMilliseconds(20));
        Assert.Same(node, await pair.MasterAsync());
    }

    public static void ExpectSome(Pairs report)
    {
        Assert.Equal(0, report.Count("duplicates"));
        Assert.InRange(report.Count("failed"), 0, MostThatFail);
    }

    /// <summary>A report as one line.</summary>
    public static string Line(string what, Pairs report)
        => $"{what}: failed={report["failed"]} repeated={report["duplicates"]} served_again_after_s="
            + $"{((double)report.Count("failed") / Rate).ToString("F1", CultureInfo.InvariantCulture)} ({report.Line})";
}
