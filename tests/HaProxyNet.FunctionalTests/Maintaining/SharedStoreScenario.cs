using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Maintaining;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.FunctionalTests.Maintaining;

/// <summary>A proxy whose decisions another proxy knows, through a store that the test writes.</summary>
public abstract class SharedStoreScenario : ControlScenario
{
    protected const string Node = "proxy1";

    private protected ScriptedStore Store { get; } = new();

    private protected TestDestination Primary { get; } = TestDestination.Echoing("primary");

    private protected TestDestination Secondary { get; } = TestDestination.Echoing("secondary");

    private protected ProxySetup Shared => Setup with
    {
        Proxy = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Maintenance:Store"] = "Etcd",
            ["Maintenance:Node"] = Node,
            ["Maintenance:Etcd:Endpoints:0"] = "http://127.0.0.1:1",
        },
        Services = services => services.AddSingleton<ISharedStore>(Store),
    };

    private protected Maintenance Here(string destination) => Proxy.Cluster.Find(destination)!.Maintenance;

    private protected Task IsHereAsync(string destination, Maintenance maintenance)
        => Eventually.TrueAsync(() => Here(destination) == maintenance, $"{destination} is {maintenance} here");

    private protected Task IsStoredAsync(string destination, Maintenance maintenance)
        => Eventually.TrueAsync(() => Store.Set[destination].Maintenance == maintenance, $"{destination} is {maintenance} in the store");

    /// <summary>The end of each scenario: both serve.</summary>
    private protected async Task EnableAllAsync()
    {
        await RunAsync("enable", "agents/primary");
        await RunAsync("enable", "agents/secondary");
        await IsHereAsync("primary", Maintenance.None);
        await IsHereAsync("secondary", Maintenance.None);
    }
}
