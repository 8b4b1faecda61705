using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Management;
using HaProxyNet.Management.Explaining;
using HaProxyNet.Reloading;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Configuring;

/// <summary>
/// Reload after reload under traffic: listeners, clusters, destinations and certificates are added, moved, renamed and removed. No client
/// of a listener that stays is lost, and after each one the status, the metrics, explain and the wire say the same. A configuration with a
/// fault changes nothing. HAPROXYNET_TEST_FULL=1: a hundred reloads, 200 connections a second, and fifty faults.
/// </summary>
public sealed class ReloadShow : IAsyncDisposable
{
    private const int Callers = 4;
    private static readonly bool _isFull = Environment.GetEnvironmentVariable("HAPROXYNET_TEST_FULL") is "1";
    private static readonly int _reloads = _isFull ? 100 : 8;
    private static readonly int _badOnes = _isFull ? 50 : 5;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(_isFull ? 20 : 50);

    private readonly FakeNames _names = new();
    private readonly TestDestination _one = TestDestination.Serving("one", Scripts.AnswerAsync("one."));
    private readonly TestDestination _two = TestDestination.Serving("two", Scripts.AnswerAsync("two."));
    private readonly CancellationTokenSource _enough = new();
    private TestProxy? _proxy;
    private int _calls;
    private int _lost;

    private TestProxy Proxy => _proxy!;

    /// <summary>Milliseconds that name servers take; below zero: they fall silent after the start.</summary>
    public static TheoryData<EngineKind, int> Delays { get; } =
    [
        .. from engine in new Engines()
           from delay in new[] { 0, 30, 500, -1 }
           select new TheoryDataRow<EngineKind, int>(engine.Data, delay),
    ];

    [Theory, MemberData(nameof(Delays))]
    public async Task ReloadAfterReload_NobodyIsLost_AndEverythingSaysTheSame(EngineKind engine, int delay)
    {
        _names.Set("one.example", "127.0.0.1");
        _names.Set("two.example", "127.0.0.1");
        _proxy = await TestProxy.StartAsync(engine, Setup(), Destinations(0));
        Proxy.Reload(Destinations(0), Further(0));
        await TakenAsync(1);
        _names.Delay = TimeSpan.FromMilliseconds(Math.Max(0, delay));
        if (delay < 0)
        {
            _names.FallSilent();
        }

        var callers = Enumerable.Range(0, Callers).Select(i => CallOnAndOnAsync(i % 2 == 0 ? "front" : "fixed")).ToList();
        for (var version = 1; version <= _reloads; version++)
        {
            Proxy.Reload(Destinations(version), Further(version));
            await TakenAsync(version + 1);
            await AgreeAsync(version);
        }

        await BadOnesAsync(_reloads);
        await _enough.CancelAsync();
        await Task.WhenAll(callers);
        Assert.True(_calls > Callers);
        Assert.Equal(0, _lost);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_calls} calls, {_lost} lost, {_reloads} reloads, {_badOnes} with a fault");
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        _enough.Dispose();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        _one.Dispose();
        _two.Dispose();
    }

    /// <summary>Nothing but a reload changes where connections go, however slow the machine is.</summary>
    private ProxySetup Setup() => new()
    {
        Names = _names,
        HedgeAfter = TimeSpan.Zero,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Health:Probe"] = "Never" },
    };

    /// <summary>The first cluster, by names: two destinations in either order, under two names each, and one more now and then.</summary>
    private List<(string Name, string Address)> Destinations(int version)
    {
        var (one, two) = ($"one.example:{_one.Address.Port}", $"two.example:{_two.Address.Port}");
        List<(string, string)> both = [(version % 3 == 0 ? "primary" : "renamed", one), ("secondary", two)];
        if (version % 2 != 0)
        {
            both.Reverse();
        }

        return version % 4 == 3 ? [.. both, ($"added-{version}", $"three-{version}.example:1")] : both;
    }

    private static string FirstOf(int version) => version % 2 == 0 ? "one." : "two.";

    /// <summary>
    /// What stays: <c>fixed</c> by addresses, and <c>vip</c> with TLS. What comes, goes, moves and is renamed: the others.
    /// </summary>
    private Dictionary<string, string> Further(int version)
    {
        var (first, second) = version % 2 == 0 ? (_one, _two) : (_two, _one);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Listeners:fixed:Endpoint"] = "127.0.0.1:0",
            ["Listeners:fixed:Cluster"] = $"fixed-{version % 3}",
            [$"Clusters:fixed-{version % 3}:Health:Probe"] = "Never",
            [$"Clusters:fixed-{version % 3}:HedgeAfter"] = "00:00:00",
            [$"Clusters:fixed-{version % 3}:ConnectTimeout"] = "00:00:30",
            [$"Clusters:fixed-{version % 3}:Destinations:0:Name"] = first.Name,
            [$"Clusters:fixed-{version % 3}:Destinations:0:Address"] = first.Address.ToString(),
            [$"Clusters:fixed-{version % 3}:Destinations:1:Name"] = second.Name,
            [$"Clusters:fixed-{version % 3}:Destinations:1:Address"] = second.Address.ToString(),
            ["Listeners:vip:Endpoint"] = "127.0.0.1:0",
            ["Listeners:vip:Cluster"] = $"fixed-{version % 3}",
            ["Listeners:vip:Tls:Mode"] = "Terminate",
            ["Listeners:vip:Tls:Certificate:Path"] = TestCertificates.PathOf(CertificateOf(version)),
        };
        if (version % 2 != 0)
        {
            settings[$"Listeners:extra-{version % 5}:Endpoint"] = version % 4 == 1 ? "127.0.0.1:0" : "127.0.0.2:0";
            settings[$"Listeners:extra-{version % 5}:Cluster"] = ProxyConfiguration.Cluster;
        }

        return settings;
    }

    private static X509Certificate2 CertificateOf(int version) => version % 2 == 0 ? TestCertificates.Front : TestCertificates.FrontRsa;

    private async Task TakenAsync(int times)
        => await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == times, $"reload {times} is done");

    private async Task AgreeAsync(int version)
    {
        var (destinations, further) = (Destinations(version), Further(version));
        var status = Proxy.Service<StatusReader>().Read();
        var listeners = further.Keys.Select(key => key.Split(':')).Where(key => key[0] is "Listeners").Select(key => key[1]);
        Assert.Equal(
            listeners.Append("front").Distinct().Order(StringComparer.Ordinal),
            status.Listeners.Select(l => l.Name).Order(StringComparer.Ordinal));
        Assert.All(status.Listeners, listener => Assert.True(listener.Listening, listener.Name));
        string[] known =
        [
            .. new[] { _one, _two }.Select(d => $"fixed-{version % 3}/{d.Name}")
                .Concat(destinations.Select(d => $"agents/{d.Name}"))
                .Order(StringComparer.Ordinal),
        ];
        var inStatus = status.Clusters.SelectMany(c => c.Destinations.Select(d => $"{c.Name}/{d.Name}"));
        Assert.Equal(known, inStatus.Order(StringComparer.Ordinal));

        var metrics = await Proxy.ScrapeAsync();
        var inMetrics = metrics.Series("destination_up").Select(s => $"{s.Labels["cluster"]}/{s.Labels["destination"]}");
        Assert.Equal(known, inMetrics.Order(StringComparer.Ordinal));
        foreach (var name in new[] { "front", "fixed" })
        {
            // Read one after the other: a call that ends in between may change what the next one says.
            await Eventually.TrueAsync(() => AgreeOnTheActiveAsync(name), () => $"status, metrics and explain agree on {name}");
            Assert.Equal(FirstOf(version), await CallAsync(name));
        }

        using var client = await TlsPeer.ClientAsync(await Proxy.ConnectAsync(to: Proxy.ListenerNamed("vip").BoundAddress));
        Assert.Equal(CertificateOf(version).Thumbprint, new X509Certificate2(client.Ssl.RemoteCertificate!).Thumbprint);
    }

    private async Task<bool> AgreeOnTheActiveAsync(string name)
    {
        var explained = Explainer.Explain(Proxy.ListenerNamed(name), client: null, serverName: null);
        var status = Proxy.Service<StatusReader>().Read().Clusters.Single(c => c.Name == explained.Cluster).Active;
        var metrics = (await Proxy.ScrapeAsync()).Counted("active_destination", $"cluster={explained.Cluster}").ToList();
        return metrics.Count == 1 && metrics[0].Labels["destination"] == explained.Destination && status == explained.Destination;
    }

    /// <summary>Each fault is named with its place, and what was in force goes on.</summary>
    private async Task BadOnesAsync(int version)
    {
        (string Key, string Value)[] faults =
        [
            ("Listeners:front:Cluster", "nowhere"),
            ("Listeners:front:Endpoint", "nonsense"),
            ($"Clusters:fixed-{version % 3}:ConnectTimeout", "soon"),
            ($"Clusters:fixed-{version % 3}:Destinations:0:Address", "no-port.example"),
            ("Listeners:vip:Tls:Certificate:Path", "/nowhere/vip.pem"),
        ];
        for (var i = 0; i < _badOnes; i++)
        {
            var (key, value) = faults[i % faults.Length];
            var bad = Further(version);
            bad[key] = value;
            Proxy.Reload(Destinations(version), bad);

            var kept = i + 1;
            await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationKept).Count == kept, $"fault {kept} is found");
            var path = key.Replace("Destinations:0", "Destinations[0]", StringComparison.Ordinal).Replace(':', '.');
            Assert.Contains(Proxy.Service<ConfigurationInForce>().LastReload!.Faults, fault => fault.Path == $"HaProxyNet.{path}");
            await AgreeAsync(version);
        }
    }

    private async Task CallOnAndOnAsync(string listener)
    {
        while (!_enough.IsCancellationRequested)
        {
            Interlocked.Increment(ref _calls);
            if (await CallAsync(listener) is not ("one." or "two."))
            {
                Interlocked.Increment(ref _lost);
            }

            await Task.Delay(_pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>One whole RPC; the answer, or what became of it.</summary>
    private async Task<string> CallAsync(string listener)
    {
        try
        {
            using var client = await Proxy.ConnectAsync(to: Proxy.ListenerNamed(listener).BoundAddress);
            await client.SendAsync(Scripts.Request);
            var (answer, end) = await client.ReadToEndAsync();
            return end is PeerEnd.Fin ? answer : "reset";
        }
        catch (System.Net.Sockets.SocketException fault)
        {
            return fault.SocketErrorCode.ToString();
        }
    }
}
