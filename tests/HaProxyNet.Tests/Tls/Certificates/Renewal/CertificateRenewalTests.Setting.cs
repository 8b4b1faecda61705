using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Management.Scraping;
using HaProxyNet.Tests.Simulator;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Tests.Tls.Certificates.Renewal;

/// <summary>What each of these tests starts from, and waits for.</summary>
public sealed partial class CertificateRenewalTests
{
    /// <summary>.NET does not put one link in the place of another at once.</summary>
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    private static ListenerTlsOptions Files() => new() { Certificate = { Path = "vip.pem", KeyPath = "vip.key" } };

    private static void SkipWithoutLinks()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links take a privilege on Windows.");
        }
    }

    private Task StartAsync(ListenerTlsOptions tls, ClusterTlsOptions? cluster = null)
    {
        var options = _folder.Proxy(tls);
        options.Clusters["pair"].Tls = cluster ?? new ClusterTlsOptions();
        _store = new CertificateStore(options, _time);
        _renewal = new CertificateRenewal(_store, new CertificateMetrics(_store, _metrics), _time, _faults, _log);
        return _renewal.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task ShownAsync(X509Certificate2 certificate)
        => WatchFindsAsync(() => Shown == certificate.Thumbprint, "the new certificate is shown");

    private Task WarnedAsync(string part)
        => WatchFindsAsync(() => _log.Warnings.Any(line => line.Contains(part, StringComparison.Ordinal)), part);

    /// <summary>The clock stops short of the poll: it is the watch that has to find the change.</summary>
    private Task WatchFindsAsync(Func<bool> condition, string what)
    {
        var end = _time.GetUtcNow().AddSeconds(9);
        return Eventually.HoldsAsync(
            condition, what, () => _time.Advance(_time.GetUtcNow() < end ? TimeSpan.FromMilliseconds(2) : TimeSpan.Zero));
    }

    private async Task<string> ScrapeAsync()
    {
        using var text = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
