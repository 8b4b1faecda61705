using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.AccessManager;

/// <summary>
/// samples/AccessManagerCluster: each client keeps its member while that is well, gets one other when it is not, and keeps that.
/// </summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const string Sample = "AccessManagerCluster";
    private const string Name = "idp.corp.example";
    private const int Clients = 12;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Clients_MemberSickReturnedAndProxyRestarted_KeepTheirMember(string engine)
    {
        await using var network = await VirtualNetwork.CreateAsync($"10.20.0.2 {Name}");
        using var certificate = await CertificateFiles.MakeAsync(Name);
        using var folder = new ScratchFolder();
        var members = new List<IdentityServer>();
        foreach (var number in (int[])[1, 2, 3])
        {
            var host = await network.AddAsync($"idp{number}", $"10.20.0.1{number}");
            members.Add(await IdentityServer.StartedAsync(host, certificate.Certificate, certificate.Key));
        }

        var client = await network.AddAsync("client", "10.20.0.50");
        await GiveAddressesAsync(client);
        var front = await network.AddAsync("proxy", "10.20.0.2");
        var proxy = await SampleProxy.StartAsync(front, folder, Sample, engine, "mutual");

        try
        {
            // Each keeps its member.
            var first = await AskAsync(client, 443);
            Assert.Equal(first, await AskAsync(client, 443));
            Assert.True(first.Distinct().Count() > 1, $"all clients are with {first[0]}");

            // One member's first service says 503: its clients get another one. Its second service goes on.
            var sick = members.Single(member => member.Name == first[0]);
            var second = await AskAsync(client, 1443);
            sick.SaySick(IdentityServer.Https, 503);
            await IsUpAsync(proxy, "identity", sick.Name, isUp: false);
            var moved = await AskAsync(client, 443);
            Assert.DoesNotContain(sick.Name, moved);
            Assert.All(first.Zip(moved).Where(pair => pair.First != sick.Name), pair => Assert.Equal(pair.First, pair.Second));
            Assert.Equal(second, await AskAsync(client, 1443));

            // It returns: those that were moved stay where they are.
            sick.SayWell(IdentityServer.Https);
            await IsUpAsync(proxy, "identity", sick.Name, isUp: true);
            Assert.Equal(moved, await AskAsync(client, 443));

            // So they do when the proxy is started again, and after a reload.
            proxy.Send(Signal.Terminate);
            Assert.Equal(0, await proxy.EndAsync());
            await proxy.DisposeAsync();
            proxy = await SampleProxy.StartAsync(front, folder, Sample, engine, "mutual");
            Assert.Equal(moved, await AskAsync(client, 443));
            (await proxy.CommandAsync("reload")).ExpectSuccess("reload");
            Assert.Equal(moved, await AskAsync(client, 443));

            // A redirect is no heartbeat.
            sick.SaySick(IdentityServer.Mutual, 302);
            await IsUpAsync(proxy, "identity-mutual", sick.Name, isUp: false);
            proxy.ExpectCleanLog();
            output.WriteLine($"{engine}: {Clients} clients, {first.Zip(moved).Count(pair => pair.First != pair.Second)} moved once, 0 "
                + "moved back; failed=0");
        }
        finally
        {
            await proxy.DisposeAsync();
            foreach (var member in members)
            {
                await member.DisposeAsync();
            }
        }
    }

    /// <summary>Which member answers each client; each is a connection that must succeed.</summary>
    private static async Task<List<string>> AskAsync(VirtualHost client, int port)
    {
        var answers = new List<string>();
        foreach (var address in Addresses())
        {
            var answer = await client.RunAsync("curl", "-skf", "--max-time", "20", "--interface", address, $"https://{Name}:{port}/who");
            answer.ExpectSuccess($"client {address} at port {port}");
            answers.Add(answer.Output);
        }

        return answers;
    }

    private static async Task GiveAddressesAsync(VirtualHost client)
    {
        foreach (var address in Addresses())
        {
            (await client.RunAsync("ip", "address", "add", $"{address}/24", "dev", "eth0")).ExpectSuccess(address);
        }
    }

    private static IEnumerable<string> Addresses() => Enumerable.Range(100, Clients).Select(number => $"10.20.0.{number}");

    private static Task IsUpAsync(SampleProxy proxy, string cluster, string member, bool isUp) => Eventually.HoldsAsync(
        async () => (await proxy.MetricsAsync()).Sum("destination_up", ("cluster", cluster), ("destination", member)) == (isUp ? 1 : 0),
        () => $"{cluster}/{member} is {(isUp ? "up" : "down")}:\n{proxy.Tail()}",
        TimeSpan.FromMilliseconds(200));
}
