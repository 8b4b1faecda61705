using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>What a test's proxy is started with: one listener, one cluster, the rest as by default.</summary>
internal sealed class ProxySetup(string engine, params (string Name, string Address)[] destinations) : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly int _adminPort = FreePorts.Next();

    public string Engine => engine;

    /// <summary>What encrypts; null: the default.</summary>
    public string? TlsEngine { get; init; }

    public int Port { get; } = FreePorts.Next();

    /// <summary>The port of a second listener of the same cluster, which passes TLS through; 0: there is none.</summary>
    public int PassedPort { get; set; }

    public Uri AdminUrl => new($"http://127.0.0.1:{_adminPort}/");

    /// <summary>The admin endpoint as the file names it; null: by its address.</summary>
    public string? AdminEndpoint { get; set; }

    /// <summary>Another proxy is started with it later, and finds what the first one left.</summary>
    public bool OutlivesProxy { get; init; }

    public string File => _folder.File("haproxynet.json");

    public string ControlSocket => _folder.File("control.sock");

    public string StateFile => _folder.File("state.json");

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Zero: no hedging, for tests that count what reaches a secondary; a connect may be slow on a busy machine. Null: the default.
    /// </summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>
    /// None as a rule: these tests kill their primary again and again, on purpose, and that is not the flapping that a hold-down is for.
    /// Null: the default.
    /// </summary>
    public TimeSpan? HoldDown { get; init; } = TimeSpan.Zero;

    /// <summary>Of the listener and the cluster; null: the default.</summary>
    public TimeSpan? UserTimeout { get; init; }

    /// <summary>The address that the listener is bound to.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>The one line a connection; it costs more than the connection itself when thousands come a second.</summary>
    public bool LogsConnections { get; init; }

    /// <summary>TLS is passed through, and clients that ask for this name go to a cluster of this one destination.</summary>
    public (string ServerName, string Destination, string Address)? Route { get; init; }

    /// <summary>TLS ends at the proxy, with these settings.</summary>
    public IReadOnlyDictionary<string, string>? Terminating { get; init; }

    /// <summary>The listener speaks HTTP with its clients.</summary>
    public bool SpeaksHttp { get; init; }

    /// <summary>The proxy speaks TLS to the destinations, with these settings.</summary>
    public IReadOnlyDictionary<string, string>? Reencrypting { get; init; }

    /// <summary>A command that runs the proxy in its turn, such as <c>ip netns exec</c>.</summary>
    public string[] Prefix { get; set; } = [];

    /// <summary>A command that fetches a URL where the test itself cannot reach it; the URL is added.</summary>
    public string[] Fetch { get; init; } = [];

    /// <summary>Settings of the probes, by key.</summary>
    public IReadOnlyDictionary<string, string> Health { get; init; } = new Dictionary<string, string>();

    /// <summary>The load balancers whose PROXY headers are read; null: none are.</summary>
    public string? AcceptFrom { get; init; }

    /// <summary>The PROXY header that destinations get; null: none.</summary>
    public string? SendProxyProtocol { get; init; }

    /// <summary>What the listener does with TLS, as it stands in the file.</summary>
    public string ListenerTls { get; init; } = "{}";

    /// <summary>So many more listeners, each with a cluster whose agents are given by names.</summary>
    public int NamedClusters { get; init; }

    /// <summary>A file next to the configuration: relative paths lead there.</summary>
    public string Beside(string name) => _folder.File(name);

    /// <summary>Variables besides those for the log.</summary>
    public IReadOnlyDictionary<string, string> MoreEnvironment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(MoreEnvironment)
    {
        ["Logging__LogLevel__Default"] = "Information",
        ["Logging__LogLevel__Microsoft"] = "Warning",
        ["Logging__LogLevel__Yarp"] = "Warning",
        [ProxyProcess.ConnectionLog] = LogsConnections ? "Information" : "Warning",
    };

    public string WriteFile() => WriteFile(destinations);

    /// <summary>Writes the file again, with other destinations: what an operator does before a reload.</summary>
    public string WriteFile(params (string Name, string Address)[] named) => _folder.Write("haproxynet.json", new JsonObject
    {
        ["HaProxyNet"] = new JsonObject
        {
            [nameof(Engine)] = engine,
            [nameof(TlsEngine)] = TlsEngine ?? "Auto",
            ["Admin"] = new JsonObject
            {
                ["Endpoint"] = AdminEndpoint ?? $"127.0.0.1:{_adminPort}",
                [nameof(ControlSocket)] = ControlSocket,
                [nameof(StateFile)] = StateFile,
            },
            [nameof(ShutdownTimeout)] = ShutdownTimeout.ToString("c"),
            ["Listeners"] = new JsonObject([
                new(ProxyProcess.Listener, ListenerOptions()),
                .. PassedPort > 0 ? [new("passed", PassedOptions())] : Array.Empty<KeyValuePair<string, JsonNode?>>(),
                .. Enumerable.Range(0, NamedClusters).Select(NamedListener),
            ]),
            ["Clusters"] = new JsonObject([
                new(ProxyProcess.Cluster, ClusterOptions(named)),
                .. Route is { } route
                    ? [new("routed", ClusterOptions((route.Destination, route.Address)))]
                    : Array.Empty<KeyValuePair<string, JsonNode?>>(),
                .. Enumerable.Range(0, NamedClusters).Select(NamedCluster),
            ]),
        },
    }.ToJsonString());

    private JsonObject PassedOptions() => new()
    {
        ["Endpoint"] = $"{ListenAddress}:{PassedPort}",
        ["Cluster"] = ProxyProcess.Cluster,
        ["Tls"] = new JsonObject { ["Mode"] = "Passthrough" },
    };

    private static KeyValuePair<string, JsonNode?> NamedListener(int number)
        => new($"named{number}", new JsonObject { ["Endpoint"] = $"127.0.0.1:{FreePorts.Next()}", ["Cluster"] = $"named{number}" });

    private KeyValuePair<string, JsonNode?> NamedCluster(int number)
        => new($"named{number}", ClusterOptions(("one", $"one{number}.corp.example:5050"), ("two", $"two{number}.corp.example:5050")));

    private JsonObject ListenerOptions()
    {
        var options = new JsonObject
        {
            ["Endpoint"] = $"{ListenAddress}:{Port}",
            ["Cluster"] = ProxyProcess.Cluster,
            ["Tls"] = JsonNode.Parse(ListenerTls),
        };
        if (UserTimeout is { } limit)
        {
            options[nameof(UserTimeout)] = limit.ToString("c");
        }

        if (Route is { } route)
        {
            options["Tls"] = new JsonObject { ["Mode"] = "Passthrough" };
            options["Routes"] = new JsonArray(new JsonObject { ["ServerName"] = route.ServerName, ["Cluster"] = "routed" });
        }

        if (SpeaksHttp)
        {
            options["Protocol"] = "Http";
        }

        if (AcceptFrom is not null)
        {
            options["ProxyProtocol"] = new JsonObject { [nameof(AcceptFrom)] = new JsonArray(AcceptFrom) };
        }

        if (Terminating is not null)
        {
            options["Tls"] = Settings(Terminating);
            options["Tls"]!["Mode"] = "Terminate";
        }

        return options;
    }

    private JsonObject ClusterOptions(params (string Name, string Address)[] named)
    {
        var options = new JsonObject
        {
            [nameof(ConnectTimeout)] = ConnectTimeout.ToString("c"),
            [nameof(Health)] = HealthOptions(),
            ["Destinations"] = new JsonArray([.. named.Select(d => new JsonObject { ["Name"] = d.Name, ["Address"] = d.Address })]),
        };
        if (HedgeAfter is { } hedge)
        {
            options[nameof(HedgeAfter)] = hedge.ToString("c");
        }

        if (SendProxyProtocol is not null)
        {
            options[nameof(SendProxyProtocol)] = SendProxyProtocol;
        }

        if (UserTimeout is { } limit)
        {
            options[nameof(UserTimeout)] = limit.ToString("c");
        }

        if (Reencrypting is not null)
        {
            options["Tls"] = Settings(Reencrypting);
            options["Tls"]!["Enabled"] = true;
        }

        return options;
    }

    /// <summary>Keys with a colon are those of a section inside.</summary>
    private static JsonObject Settings(IReadOnlyDictionary<string, string> settings)
    {
        var options = new JsonObject();
        foreach (var (key, value) in settings)
        {
            if (key.Split(':') is [var section, var inner])
            {
                (options[section] ??= new JsonObject())[inner] = value;
            }
            else
            {
                options[key] = value;
            }
        }

        return options;
    }

    private JsonObject HealthOptions()
    {
        var options = Settings(Health);
        if (HoldDown is { } holdDown && !Health.ContainsKey(nameof(HoldDown)))
        {
            options[nameof(HoldDown)] = holdDown.ToString("c");
        }

        return options;
    }

    public void Dispose() => _folder.Dispose();
}
