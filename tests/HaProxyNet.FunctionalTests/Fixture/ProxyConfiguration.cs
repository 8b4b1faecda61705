using System.Globalization;
using HaProxyNet.Configuration;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>The configuration of a proxy under test, in memory; setting it again is what a changed file is.</summary>
internal sealed class ProxyConfiguration : ConfigurationProvider, IConfigurationSource
{
    public const string Listener = "front";
    public const string Cluster = "agents";

    /// <summary>The name of the second listener and of its cluster.</summary>
    public const string Second = "second";

    /// <summary>The control socket of a proxy whose files are in this folder.</summary>
    public static string ControlSocket(string folder) => Path.Combine(folder, "control.sock");

    /// <summary>The state file of a proxy whose files are in this folder.</summary>
    public static string StateFile(string folder) => Path.Combine(folder, "state.json");

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Writes the settings; the proxy takes them over if it runs.</summary>
    /// <param name="engine">The transport engine.</param>
    /// <param name="setup">What the scenario wants.</param>
    /// <param name="destinations">The destinations of the first cluster.</param>
    /// <param name="more">Further settings by their whole keys, below <c>HaProxyNet</c>; they count before the others.</param>
    public void Set(
        EngineKind engine,
        ProxySetup setup,
        IEnumerable<(string Name, string Address)> destinations,
        IReadOnlyDictionary<string, string>? more = null)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["HaProxyNet:Engine"] = engine.ToString(),
            ["HaProxyNet:TlsEngine"] = (setup.TlsEngine ?? TlsEngineKind.Auto).ToString(),
            ["HaProxyNet:Threads"] = "2",
            ["HaProxyNet:Admin:Endpoint"] = "",
            ["HaProxyNet:Admin:ControlSocket"] = setup.Folder is null ? "" : ControlSocket(setup.Folder),
            ["HaProxyNet:Admin:StateFile"] = setup.StateFile ?? (setup.Folder is null ? "" : StateFile(setup.Folder)),
            [$"HaProxyNet:Listeners:{Listener}:Endpoint"] = "127.0.0.1:0",
            [$"HaProxyNet:Listeners:{Listener}:Cluster"] = Cluster,
        };
        Put(data, "HaProxyNet:ShutdownTimeout", setup.ShutdownTimeout);
        Put(data, $"HaProxyNet:Listeners:{Listener}:MaxConnections", setup.MaxConnections);
        var isOnSystemClock = setup.Time is null;
        TimeSpan? connectTimeout = isOnSystemClock ? TimeSpan.FromMinutes(1) : null;
        TimeSpan? interval = isOnSystemClock && !setup.Cluster.ContainsKey("Health:Probe") ? TimeSpan.FromDays(1) : null;
        Put(data, $"HaProxyNet:Clusters:{Cluster}:ConnectTimeout", setup.ConnectTimeout ?? connectTimeout);
        Put(data, $"HaProxyNet:Clusters:{Cluster}:Health:Interval", interval);
        Put(data, $"HaProxyNet:Clusters:{Cluster}:IdleTimeout", setup.IdleTimeout);
        Put(data, $"HaProxyNet:Clusters:{Cluster}:Health:DownInterval", setup.DownInterval);
        Put(data, $"HaProxyNet:Clusters:{Cluster}:HedgeAfter", setup.HedgeAfter);
        foreach (var (key, value) in setup.Proxy)
        {
            data[$"HaProxyNet:{key}"] = value;
        }

        foreach (var (key, value) in setup.Cluster)
        {
            data[$"HaProxyNet:Clusters:{Cluster}:{key}"] = value;
        }

        foreach (var (key, value) in setup.Listener)
        {
            data[$"HaProxyNet:Listeners:{Listener}:{key}"] = value;
        }

        foreach (var (index, network) in setup.AllowedClients.Index())
        {
            data[$"HaProxyNet:Listeners:{Listener}:AllowedClients:{index}"] = network;
        }

        PutDestinations(data, Cluster, destinations);
        if (setup.SecondCluster.Count > 0)
        {
            data[$"HaProxyNet:Listeners:{Second}:Endpoint"] = "127.0.0.1:0";
            data[$"HaProxyNet:Listeners:{Second}:Cluster"] = Second;
            foreach (var (key, value) in setup.Cluster)
            {
                data[$"HaProxyNet:Clusters:{Second}:{key}"] = value;
            }

            PutDestinations(data, Second, setup.SecondCluster);
        }

        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            data[$"HaProxyNet:{key}"] = value;
        }

        Data = data;
        OnReload();
    }

    private static void PutDestinations(
        Dictionary<string, string?> data,
        string cluster,
        IEnumerable<(string Name, string Address)> destinations)
    {
        foreach (var (index, destination) in destinations.Index())
        {
            data[$"HaProxyNet:Clusters:{cluster}:Destinations:{index}:Name"] = destination.Name;
            data[$"HaProxyNet:Clusters:{cluster}:Destinations:{index}:Address"] = destination.Address;
        }
    }

    private static void Put(Dictionary<string, string?> data, string key, IFormattable? value)
    {
        if (value is not null)
        {
            data[key] = value.ToString(null, CultureInfo.InvariantCulture);
        }
    }
}
