using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Load;

[Collection(nameof(Alone))]
public sealed class OpenedAndClosed
{
    private const int Count = 10_000;
    private const int MostRounds = 5;
    private const long WorkingSetGrowth = 5L * 1024 * 1024;

    /// <summary>Less than a hundred bytes a connection.</summary>
    private const long ManagedGrowth = 900L * 1024;

    /// <summary>
    /// The first rounds warm up: code is compiled again and better, the thread pool finds its size. A leak does not end, so one round that
    /// keeps nothing is the proof that there is none.
    /// </summary>
    [Theory, ClassData<Engines>]
    public async Task TenThousandConnectionsOpenedAndClosed_NoMemoryAndNoDescriptorIsKept(EngineKind engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are counted in /proc.");
        using var destination = TestDestination.Serving("primary", Scripts.AnswerAsync("pong"));
        await using var proxy = await TestProxy.StartAsync(
            engine, new ProxySetup { Quiet = true }, [(destination.Name, destination.Address.ToString())]);
        var rounds = new List<string>();
        for (var kept = true; kept;)
        {
            Assert.True(rounds.Count < MostRounds, $"Every round kept memory: {string.Join("; ", rounds)}");
            var (descriptors, managed, workingSet) = (ProcessUse.Descriptors, ProcessUse.ManagedBytes(), ProcessUse.WorkingSet());

            await CallAsync(proxy, endsAt: (rounds.Count + 1) * Count);

            await Eventually.TrueAsync(() => ProcessUse.Descriptors <= descriptors + 8, $"{descriptors} descriptors are open again");
            managed = ProcessUse.ManagedBytes() - managed;
            workingSet = ProcessUse.WorkingSet() - workingSet;
            kept = managed > ManagedGrowth || workingSet > WorkingSetGrowth;
            rounds.Add($"managed {managed / 1024} KB, working set {workingSet / 1024} KB");
        }

        TestContext.Current.SendDiagnosticMessage($"{engine}, {Count} connections a round: {string.Join("; ", rounds)}");
    }

    private static async Task CallAsync(TestProxy proxy, int endsAt)
    {
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            using var client = await proxy.ConnectAsync();
            await client.SendAsync(Scripts.Request);
            Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());
        });
        await Eventually.TrueAsync(
            async () => (await proxy.ScrapeAsync()).Sum("connections_total", "outcome=completed") == endsAt, () => $"{endsAt} have ended");
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("connections_active"));
    }
}
