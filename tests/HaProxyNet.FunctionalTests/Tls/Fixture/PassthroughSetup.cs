using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>A listener that passes TLS through, with routes: first the cluster of the listener's own, then the second one.</summary>
internal static class PassthroughSetup
{
    /// <summary>Everything goes to the listener's cluster.</summary>
    public static ProxySetup Plain { get; } = new() { Listener = Settings() };

    /// <summary>What belongs to <c>*.dmz.example</c> goes to the second cluster, but <c>special.dmz.example</c> does not.</summary>
    public static ProxySetup Routed(TestDestination second) => new()
    {
        Listener = Settings(("Routes:0:ServerName", "*.DMZ.example"), ("Routes:0:Cluster", ProxyConfiguration.Second),
            ("Routes:1:ServerName", "special.dmz.example"), ("Routes:1:Cluster", ProxyConfiguration.Cluster)),
        SecondCluster = [(second.Name, second.Address.ToString())],
    };

    /// <summary>The same, but what no route takes is reset.</summary>
    public static ProxySetup OnlyRouted(TestDestination second)
    {
        var setup = Routed(second);
        return setup with { Listener = new Dictionary<string, string>(setup.Listener, StringComparer.Ordinal) { ["Cluster"] = "" } };
    }

    private static Dictionary<string, string> Settings(params IEnumerable<(string Key, string Value)> more)
        => more.Append(("Tls:Mode", "Passthrough")).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);
}
