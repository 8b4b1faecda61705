using System.Text.Json;
using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Maintaining;

/// <summary>Two proxies, and the real etcd between them.</summary>
public sealed class SharedMaintenanceTests
{
    private const string Seed = "HAPROXYNET_TEST_SEED";
    private static readonly string[] _verbs = ["drain", "disable", "enable"];
    private static readonly string[] _destinations = ["primary", "secondary"];

    /// <summary>
    /// A hundred random orders, from two proxies at once, one of which is killed now and then in the middle of its command: at no revision
    /// of etcd and on no proxy are both out. The full form is ten times as long.
    /// </summary>
    [Fact]
    public async Task RandomOrders_FromTwoProxies_KilledInBetween_NeverBothOut()
    {
        await using var etcd = await EtcdServer.StartAsync();
        await using var history = etcd.Watch();
        await using var one = new SharingProxy("proxy1", "Reactor", At(etcd));
        await using var two = new SharingProxy("proxy2", "Managed", At(etcd));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Seed), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Seed}={seed}");
        var (random, orders) = (new Random(seed), Requirement.IsFullForm ? 1000 : 100);
        for (var order = 0; order < orders; order += 2)
        {
            var (first, second) = (AskAsync(one, random), AskAsync(two, random));
            if (order % 50 == 24)
            {
                var victim = random.Next(2) == 0 ? one : two;
                await victim.KillAsync();
                await Task.WhenAll(first, second);
                await victim.StartAsync();
            }

            await Task.WhenAll(first, second);
            Assert.NotEqual("primary secondary", await one.OutAsync());
            Assert.NotEqual("primary secondary", await two.OutAsync());
        }

        await one.AskAsync("enable", "primary");
        await two.AskAsync("enable", "secondary");
        Assert.NotNull((await one.AskAsync("drain", "secondary"))["message"]);
        await two.IsOutAsync("secondary");
        await one.IsOutAsync("secondary");
        await Eventually.HoldsAsync(
            () => OutAtEachRevision(history).LastOrDefault() == "secondary", () => $"the watch has come to the end\n{history.Text}");
        Assert.All(OutAtEachRevision(history), revision => Assert.NotEqual("primary secondary", revision));
    }

    [Fact]
    public async Task StoreKilled_DrainsAreLocal_AndKnownWhenItIsBack()
    {
        await using var etcd = await EtcdServer.StartAsync();
        await using var one = new SharingProxy("proxy1", "Reactor", At(etcd));
        await using var two = new SharingProxy("proxy2", "Managed", At(etcd));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        Assert.Empty(Local(await one.AskAsync("disable", "primary")));
        await two.IsOutAsync("primary");
        Assert.Contains(
            "pair/primary is out (disabled on proxy1 by uid ",
            (string?)(await two.AskAsync("drain", "secondary"))["error"],
            StringComparison.Ordinal);

        await etcd.KillAsync();
        Assert.Single(Local(await one.AskAsync("enable", "primary")));
        Assert.Equal(("", "primary"), (await one.OutAsync(), await two.OutAsync()));

        await etcd.StartAgainAsync();
        await two.IsOutAsync("");
        await Eventually.HoldsAsync(
            () => one.Text.Contains("The maintenance store can be used again", StringComparison.Ordinal),
            () => $"it is told once\n{one.Text}");
    }

    /// <summary>As it should be run: TLS of one's own authority, and a user with a password.</summary>
    [Fact]
    public async Task StoreWithTlsAndAUser_IsUsed()
    {
        using var files = await CertificateFiles.MakeAsync("localhost");
        await using var etcd = await EtcdServer.StartAsync("https", "--cert-file", files.Certificate, "--key-file", files.Key);
        await etcd.ControlAsync("--cacert", files.Certificate, "user", "add", "root:geheim");
        await etcd.ControlAsync("--cacert", files.Certificate, "auth", "enable");
        var settings = new Dictionary<string, string>(At(etcd))
        {
            ["HAPROXYNET__Maintenance__Etcd__CaPath"] = files.Certificate,
            ["HAPROXYNET__Maintenance__Etcd__UserName"] = "root",
            ["HAPROXYNET__Maintenance__Etcd__PasswordVariable"] = "ETCD_PASSWORD",
            ["ETCD_PASSWORD"] = "geheim",
        };
        await using var one = new SharingProxy("proxy1", "Reactor", settings);
        await one.StartAsync();

        var reply = await one.AskAsync("drain", "primary");

        Assert.Empty(Local(reply));
        await one.IsOutAsync("primary");
        Assert.DoesNotContain("geheim", one.Text, StringComparison.Ordinal);
    }

    /// <summary>The warnings that other proxies do not know it.</summary>
    private static IEnumerable<string> Local(JsonNode reply) => reply["warnings"]!.AsArray().Select(warning => (string)warning!)
        .Where(warning => warning.Contains("only, until the maintenance store can be used again", StringComparison.Ordinal));

    private static Dictionary<string, string> At(EtcdServer etcd) => new() { ["HAPROXYNET__Maintenance__Etcd__Endpoints__0"] = etcd.Url };

    private static Task<JsonNode> AskAsync(SharingProxy proxy, Random random)
        => proxy.AskAsync(_verbs[random.Next(_verbs.Length)], _destinations[random.Next(_destinations.Length)]);

    private static IEnumerable<string> OutAtEachRevision(ProcessUnderTest history) => history.Lines
        .Where(line => line.StartsWith('{'))
        .Select(line => string.Join(' ', JsonDocument.Parse(line).RootElement.GetProperty("decisions").EnumerateObject()
            .Where(decision => decision.Value.GetProperty("maintenance").GetString() is not "None")
            .Select(decision => decision.Name).Order(StringComparer.Ordinal)));
}
