using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Renewal;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Tls.Certificates.Renewal;

public sealed partial class CertificateRenewalTests : IDisposable
{
    private const string Name = "iqservice.corp.example";
    private static readonly TestAuthority _root = TestAuthority.Root();
    private readonly X509Certificate2 _old = _root.Issue(Name, [Name]);
    private readonly X509Certificate2 _new = _root.Issue(Name, [Name]);
    private readonly CertificateFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TestAuthority.Now);
    private readonly ProxyMetrics _metrics = new();
    private readonly FakeLogger<CertificateRenewal> _log = new();
    private readonly InternalFaults _faults = new();
    private CertificateStore? _store;
    private CertificateRenewal? _renewal;

    private string Shown => _store!.Listener("vip").Server.Choose(Name).All.Single().Certificate.Thumbprint;

    public void Dispose()
    {
        _renewal?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FileChanges_NewOneIsShown_OldContextIsNot()
    {
        _folder.WritePair("vip", _old, _root.Certificate);
        await StartAsync(Files());
        var (before, context) = (_store!.Listener("vip").Server, _store.Listener("vip").Server.All[0].Context);

        _folder.WritePair("vip", _new, _root.Certificate);
        await ShownAsync(_new);

        Assert.NotSame(before, _store.Listener("vip").Server);
        Assert.NotSame(context, _store.Listener("vip").Server.All[0].Context);
        Assert.Contains($"Certificate of vip renewed: '{Name}', SHA-256 ", Assert.Single(_log.Informations), StringComparison.Ordinal);
        Assert.Contains(
            "haproxynet_tls_certificate_reloads_total{listener=\"vip\",cluster=\"\",result=\"success\"} 1",
            await ScrapeAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfWrittenPair_ChangesNothing_ThenTheKeyComes()
    {
        _folder.WritePair("vip", _old);
        await StartAsync(Files());
        var before = _store!.Listener("vip").Server;

        _folder.Write("vip.pem", _new.ExportCertificatePem());
        await WarnedAsync("the private key in ");
        Assert.Same(before, _store.Listener("vip").Server);
        Assert.Contains(
            _log.Warnings, line => line.StartsWith("The changed certificate files of vip cannot be used", StringComparison.Ordinal));
        Assert.Contains("reloads_total{listener=\"vip\",cluster=\"\",result=\"failure\"} 1", await ScrapeAsync(), StringComparison.Ordinal);

        // It is looked at again, and not said again.
        var said = _log.Warnings.Count;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(said, _log.Warnings.Count);

        _folder.Write("vip.key", TestAuthority.KeyPem(_new));
        await ShownAsync(_new);
    }

    /// <summary>A plain cp over a file makes it empty first.</summary>
    [Theory]
    [InlineData("vip.pem", "")]
    [InlineData("vip.key", "")]
    [InlineData("vip.pem", "0")]
    [InlineData("vip.pem", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")]
    [InlineData("vip.key", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")]
    [InlineData("vip.key", "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n")]
    public async Task FileOfNothing_ChangesNothing_AndIsSaid(string file, string content)
    {
        _folder.WritePair("vip", _old);
        await StartAsync(Files());
        var before = _store!.Listener("vip").Server;

        _folder.Write(file, content);
        await WarnedAsync(_folder[file]);

        Assert.Same(before, _store.Listener("vip").Server);
        Assert.Equal(0, _faults[FaultPlace.CertificateRenewal]);

        _folder.WritePair("vip", _new);
        await ShownAsync(_new);
    }

    [Fact]
    public async Task LookThrows_IsCounted_AndTheNextOneFindsTheChange()
    {
        _folder.WritePair("vip", _old);
        await StartAsync(Files());
        _faults.Injection = place => throw new InvalidOperationException(place.ToString());

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, _faults[FaultPlace.CertificateRenewal]);
        _faults.Injection = null;
        _folder.WritePair("vip", _new);
        await ShownAsync(_new);
    }

    [Fact]
    public async Task FileGone_ChangesNothing()
    {
        _folder.WritePair("vip", _old);
        await StartAsync(Files());

        // Not watched for: an editor's delete comes before its rename.
        File.Delete(_folder["vip.pem"]);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains(_log.Warnings, line => line.Contains("there is no file ", StringComparison.Ordinal));

        Assert.Equal(_old.Thumbprint, Shown);
    }

    [Fact]
    public async Task LinkedFolderIsSwapped_AsKubernetesDoes()
    {
        SkipWithoutLinks();
        foreach (var (version, certificate) in new[] { ("one", _old), ("two", _new) })
        {
            Directory.CreateDirectory(_folder[version]);
            _folder.WritePair($"{version}/vip", certificate);
        }

        Directory.CreateSymbolicLink(_folder["..data"], "one");
        File.CreateSymbolicLink(_folder["vip.pem"], "..data/vip.pem");
        File.CreateSymbolicLink(_folder["vip.key"], "..data/vip.key");
        await StartAsync(Files());

        Directory.CreateSymbolicLink(_folder["..data_tmp"], "two");
        Assert.Equal(0, Rename(_folder["..data_tmp"], _folder["..data"]));

        await ShownAsync(_new);
        Assert.DoesNotContain(_log.Warnings, line => line.Contains("vip.key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TargetOfALinkChanges_InAnotherFolder()
    {
        SkipWithoutLinks();
        Directory.CreateDirectory(_folder["archive"]);
        Directory.CreateDirectory(_folder["live"]);
        _folder.Write("archive/all.pem", _old.ExportCertificatePem() + "\n" + TestAuthority.KeyPem(_old));
        File.CreateSymbolicLink(_folder["live/all.pem"], "../archive/all.pem");
        await StartAsync(new ListenerTlsOptions { Certificate = { Path = "live/all.pem" } });

        _folder.Write("archive/all.pem", _new.ExportCertificatePem() + "\n" + TestAuthority.KeyPem(_new));

        await ShownAsync(_new);
    }

    [Fact]
    public async Task NothingTellsOfTheChange_ThePollFindsIt()
    {
        _folder.WritePair("vip", _old);
        await StartAsync(Files());
        await _renewal!.StopAsync(TestContext.Current.CancellationToken);
        _folder.WritePair("vip", _new);
        Assert.Equal(_old.Thumbprint, Shown);

        await _renewal.StartAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(_new.Thumbprint, Shown);
    }

    [Fact]
    public async Task Take_AnotherFile_IsShownAtOnce_AndAStandingFaultIsSaidAgain()
    {
        _folder.WritePair("vip", _old);
        _folder.WritePair("other", _new);
        await StartAsync(Files());
        var context = _store!.Listener("vip").Server.All[0].Context;

        _renewal!.Take(_renewal.Prepare(_folder.Proxy(Files())));
        Assert.Same(context, _store.Listener("vip").Server.All[0].Context);

        var bad = _folder.Proxy(new ListenerTlsOptions { Certificate = { Path = "other.pem", KeyPath = "vip.key" } });
        for (var again = 0; again < 2; again++)
        {
            Assert.Contains("does not belong", Assert.Single(_renewal.Prepare(bad).Faults).ToString(), StringComparison.Ordinal);
            Assert.Equal(_old.Thumbprint, Shown);
        }

        _renewal.Take(
            _renewal.Prepare(_folder.Proxy(new ListenerTlsOptions { Certificate = { Path = "other.pem", KeyPath = "other.key" } })));
        Assert.Equal(_new.Thumbprint, Shown);
    }

    [Fact]
    public async Task Prepare_ClusterWithAFaultyCa_IsAFaultAndChangesNothing()
    {
        _folder.WritePair("vip", _old);
        await StartAsync(Files());
        Assert.Null(_store!.Cluster("pair"));

        var options = _folder.Proxy(Files());
        options.Clusters["pair"].Tls = new ClusterTlsOptions { Enabled = true, CaPath = "ca.pem" };
        Assert.Equal("HaProxyNet.Clusters.pair.Tls.CaPath", Assert.Single(_renewal!.Prepare(options).Faults).Path);
        Assert.Null(_store.Cluster("pair"));

        _folder.Write("ca.pem", _root.Certificate.ExportCertificatePem());
        _renewal.Take(_renewal.Prepare(options));
        Assert.True(_store.Cluster("pair")!.Rules.Judge(_old, [], Name).IsAccepted);
    }

    [Fact]
    public async Task LittleTimeLeft_IsSaidEveryDay_AndMetricsSayWhen()
    {
        using var soon = _root.Issue(Name, [Name], to: TestAuthority.Now.AddDays(12));
        _folder.WritePair("vip", soon, _root.Certificate);
        await StartAsync(Files());
        _store!.Destinations.Seen("pair", "primary", _root.Issue("iqs1", ["iqs1"], to: TestAuthority.Now.AddDays(3)));
        Assert.Single(_log.Warnings, line => line.Contains("it expires in 12 days, on 2026-02-13", StringComparison.Ordinal));

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Single(_log.Warnings, line => line.Contains("it expires in 11 days, on 2026-02-13", StringComparison.Ordinal));
        Assert.Single(_log.Warnings, line => line.Contains("'iqs1' of pair/primary: it expires in 2 days", StringComparison.Ordinal));
        var metrics = await ScrapeAsync();
        Assert.Contains($"expiry_timestamp_seconds{{listener=\"vip\",cluster=\"\",destination=\"\",subject=\"{Name}\",key=\"ecdsa\"}} "
            + $"{TestAuthority.Now.AddDays(12).ToUnixTimeSeconds()}", metrics, StringComparison.Ordinal);
        Assert.Contains(
            $"expiry_timestamp_seconds{{listener=\"\",cluster=\"pair\",destination=\"primary\",subject=\"iqs1\",key=\"ecdsa\"}} "
                + $"{TestAuthority.Now.AddDays(3).ToUnixTimeSeconds()}",
            metrics,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherSubject_TheOldSeriesDisappears()
    {
        _folder.WritePair("vip", _root.Issue("old.example", ["old.example"]), _root.Certificate);
        await StartAsync(Files());
        Assert.Contains("subject=\"old.example\"", await ScrapeAsync(), StringComparison.Ordinal);

        _folder.WritePair("vip", _new);
        await ShownAsync(_new);

        var metrics = await ScrapeAsync();
        Assert.Contains($"subject=\"{Name}\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("old.example", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotVerified_IsSaidAtTheStart()
    {
        _folder.WritePair("vip", _old, _root.Certificate);

        await StartAsync(Files(), new ClusterTlsOptions { Enabled = true, Verify = false });

        Assert.Contains(
            _log.Warnings, line => line.StartsWith("TLS to the destinations of pair is NOT VERIFIED", StringComparison.Ordinal));
    }

    [Fact]
    public void Store_Faulty_ThrowsAllFaults()
    {
        var options = _folder.Proxy(Files());
        options.Clusters["pair"].Tls = new ClusterTlsOptions { Enabled = true, CaPath = "ca.pem" };

        var fault = Assert.Throws<InvalidConfigurationException>(() => new CertificateStore(options, _time));

        Assert.Equal(
            [
                "HaProxyNet.Listeners.vip.Tls.Certificate.KeyPath",
                "HaProxyNet.Listeners.vip.Tls.Certificate.Path",
                "HaProxyNet.Clusters.pair.Tls.CaPath",
            ],
            fault.Faults.Select(f => f.Path));
    }
}
