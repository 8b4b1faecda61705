using System.Globalization;
using System.Net;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>A proxy that takes PROXY headers from load balancers, or sends them to its destinations.</summary>
public abstract class HeaderScenario : TlsScenario
{
    /// <summary>Where the tests' peers connect from, and an address of nobody.</summary>
    private protected const string Here = "127.0.0.0/8";
    private protected const string Elsewhere = "192.0.2.0/24";

    /// <summary>Headers are bytes that the proxy does not count.</summary>
    protected HeaderScenario() => Truth.PeersCountTls = true;

    /// <summary>The listener's settings to take headers from a network, and what differs.</summary>
    private protected static Dictionary<string, string> From(string network, params IEnumerable<(string Key, string Value)> more)
        => more.Append(("ProxyProtocol:AcceptFrom:0", network)).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);

    /// <summary>A proxy that takes headers from the tests' peers.</summary>
    private protected static ProxySetup Trusting(params IEnumerable<(string Key, string Value)> listener)
        => new() { Listener = From(Here, listener) };

    /// <summary>A proxy that knows no load balancer at the peers' addresses.</summary>
    private protected static ProxySetup Distrusting(params IEnumerable<(string Key, string Value)> listener)
        => new() { Listener = From(Elsewhere, listener) };

    /// <summary>A proxy that sends headers.</summary>
    private protected static Dictionary<string, string> Sending(string version)
        => new(StringComparer.Ordinal) { ["SendProxyProtocol"] = version };

    private protected static string Text(IPEndPoint end) => string.Create(CultureInfo.InvariantCulture, $"{end}");

    private protected async Task RefusedAsync(string reason, int count = 1) => await Eventually.TrueAsync(
        async () => (await Proxy.ScrapeAsync()).Sum("connections_refused_total", $"reason={reason}") == count,
        () => $"{count} refused: {reason}");
}
