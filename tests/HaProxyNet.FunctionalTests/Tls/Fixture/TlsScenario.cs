using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>A scenario in which one side of the proxy or both have TLS.</summary>
public abstract class TlsScenario : Scenario
{
    /// <summary>A proxy that terminates, re-encrypts or both.</summary>
    private protected static ProxySetup Setup(Wires wires) => new()
    {
        Listener = wires is Wires.PlainTls ? Nothing() : Terminating(),
        Cluster = wires is Wires.TlsPlain ? Nothing() : Reencrypting(),
    };

    private protected static Dictionary<string, string> Nothing() => new(StringComparer.Ordinal);

    /// <summary>The listener's settings to terminate TLS on the front's certificate, and what differs.</summary>
    private protected static Dictionary<string, string> Terminating(params IEnumerable<(string Key, string Value)> more) => With(
        new(StringComparer.Ordinal)
        {
            ["Tls:Mode"] = "Terminate",
            ["Tls:Certificate:Path"] = TestCertificates.PathOf(TestCertificates.Front),
        },
        more);

    /// <summary>The cluster's settings to speak TLS to destinations, and what differs.</summary>
    private protected static Dictionary<string, string> Reencrypting(params IEnumerable<(string Key, string Value)> more) => With(
        new(StringComparer.Ordinal)
        {
            ["Tls:Enabled"] = "true",
            ["Tls:CaPath"] = TestCertificates.CaPath,
            ["Tls:ServerName"] = TestCertificates.AgentName,
        },
        more);

    private protected Task<TestProxy> StartAsync(TlsStack engine, Wires wires, params IEnumerable<TestDestination> destinations)
        => StartAsync(engine, Setup(wires), destinations);

    /// <summary>Starts a proxy on this stack, and no other.</summary>
    private protected async Task<TestProxy> StartAsync(TlsStack engine, ProxySetup setup, params IEnumerable<TestDestination> destinations)
    {
        var tls = engine is TlsStack.ReactorOpenSsl ? TlsEngineKind.OpenSsl : TlsEngineKind.SslStream;
        var proxy = await StartAsync(
            engine is TlsStack.Managed ? EngineKind.Managed : EngineKind.Reactor, setup with { TlsEngine = tls }, destinations);
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum("build_info", $"tls={tls.ToString().ToLowerInvariant()}"));
        return proxy;
    }

    /// <summary>A client's connection, after its handshake if it has TLS.</summary>
    private protected async Task<TestPeer> ClientAsync(Wires wires)
    {
        var peer = await ConnectAsync();
        return wires is Wires.PlainTls ? peer : await TlsPeer.ClientAsync(peer);
    }

    /// <summary>The destination's next connection, after its handshake if it has TLS.</summary>
    private protected static async Task<TestPeer> AgentAsync(Wires wires, TestDestination destination)
    {
        var peer = await destination.AcceptAsync();
        return wires is Wires.TlsPlain ? peer : await TlsPeer.ServerAsync(peer);
    }

    /// <summary>Both ends of a connection.</summary>
    private protected async Task<(TestPeer Client, TestPeer Agent)> BothAsync(Wires wires, TestDestination destination)
    {
        var client = ClientAsync(wires);
        var agent = await AgentAsync(wires, destination);
        return (await client, agent);
    }

    private static Dictionary<string, string> With(Dictionary<string, string> settings, IEnumerable<(string Key, string Value)> more)
    {
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }
}
