using HaProxyNet.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>
/// What a scenario wants other than the defaults of the fixture. They are the proxy's own, except for what the clock may do in a scenario
/// that is about something else: a machine with much to do stands still for seconds, and then nobody is to be hedged, probed or given up.
/// </summary>
internal sealed record ProxySetup
{
    /// <summary>A minute on the system's clock, the proxy's default on the test's.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    public TimeSpan? IdleTimeout { get; init; }

    public TimeSpan? DownInterval { get; init; }

    public TimeSpan? ShutdownTimeout { get; init; }

    public IReadOnlyList<string> AllowedClients { get; init; } = [];

    public int? MaxConnections { get; init; }

    /// <summary>How long an attempt is waited for before the next one; off by default.</summary>
    public TimeSpan HedgeAfter { get; init; }

    /// <summary>Further settings of the proxy, by key: <c>Maintenance:Store</c>.</summary>
    public IReadOnlyDictionary<string, string> Proxy { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Further settings of the cluster, by key: <c>Failback:Mode</c>. Without <c>Health:Probe</c> or <c>Health:Interval</c> the
    /// system's clock makes no probe due while all is well.
    /// </summary>
    public IReadOnlyDictionary<string, string> Cluster { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The same, without probes while all is well: hours that a turned clock jumps over would end the probes that are under way.
    /// </summary>
    public ProxySetup WithoutIdleProbes()
        => this with { Cluster = new Dictionary<string, string>(Cluster, StringComparer.Ordinal) { ["Health:Probe"] = "WhenDown" } };

    /// <summary>Further settings of the listener, by key.</summary>
    public IReadOnlyDictionary<string, string> Listener { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A second listener and cluster: a destination of the same name for each of the first one's.</summary>
    public IReadOnlyList<(string Name, string Address)> SecondCluster { get; init; } = [];

    /// <summary>What encrypts; the proxy chooses when none.</summary>
    public TlsEngineKind? TlsEngine { get; init; }

    /// <summary>What the application adds to the proxy.</summary>
    public Action<IHaProxyNetBuilder>? Application { get; init; }

    /// <summary>Replaces services of the proxy.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Only warnings are logged: for what would fill the log's memory.</summary>
    public bool Quiet { get; init; }

    /// <summary>Where the control socket and the state file are; off when none.</summary>
    public string? Folder { get; init; }

    /// <summary>The state file, when it is not in that folder.</summary>
    public string? StateFile { get; init; }

    /// <summary>A clock that the test turns; the system's when none.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Name servers of the test's own; the system's when none.</summary>
    public FakeNames? Names { get; init; }
}
