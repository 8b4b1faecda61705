using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State.Selecting;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary>A client keeps its destination across a reload and a restart, and a file that is damaged costs only that.</summary>
public sealed class StickyMemory : ControlScenario
{
    private static readonly ClientKey _client = ClientKey.From(IPAddress.Loopback);

    private readonly TestDestination[] _members =
        [.. "ab".Select(name => TestDestination.Serving($"{name}", Scripts.AnswerAsync($"<{name}>.")))];

    private static string ByRank => _client.RankOf("a") > _client.RankOf("b") ? "a" : "b";

    /// <summary>Where the client was moved to, say because the other member was away for a while.</summary>
    private static string MovedTo => ByRank == "a" ? "b" : "a";

    private string FilePath => Path.Combine(Folder, "state.sticky");

    private StickyClients Clients => ((SourceAddressSelector)Proxy.Cluster.Selector).Clients;

    [Theory, ClassData<Engines>]
    public async Task Restart_ClientStaysWithTheMemberItWasMovedTo(EngineKind engine)
    {
        await StartAsync(engine, Sticky(), _members);
        Clients.Remember(_client, MovedTo);

        await RestartAsync(engine, Sticky(), _members);

        Assert.Equal($"<{MovedTo}>.", await CallAsync());
        Assert.Single(Proxy.Log.Events(EventIds.StickyClientsRestored));
    }

    [Theory, ClassData<Engines>]
    public async Task FileIsCutShort_StartsEmptyWithOneWarning(EngineKind engine)
    {
        await StartAsync(engine, Sticky(), _members);
        Clients.Remember(_client, MovedTo);
        await Proxy.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(FilePath);
        await File.WriteAllBytesAsync(FilePath, whole[..^7]);

        await StartAtAsync(engine, Sticky(), AddressesOf(_members));

        Assert.Equal($"<{ByRank}>.", await CallAsync());
        Assert.Equal(LogLevel.Warning, Assert.Single(Proxy.Log.Events(EventIds.StickyClientsUnreadable)).Level);
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_MembersMoveToOtherAddresses_ClientKeepsTheName(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Sticky(), _members);
        Clients.Remember(_client, MovedTo);

        Proxy.Reload([.. AddressesOf(_members).Reverse()]);
        await Eventually.TrueAsync(() => Task.FromResult(Proxy.Log.Events(EventIds.ConfigurationReloaded).Any()), () => "it was reloaded");

        Assert.Equal($"<{MovedTo}>.", await CallAsync());
    }

    private ProxySetup Sticky()
        => Setup with { Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Policy"] = "SourceAddress" } };
}
