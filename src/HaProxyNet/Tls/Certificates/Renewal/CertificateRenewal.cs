using System.Security.Cryptography;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Reloading;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tls.Certificates.Renewal;

/// <summary>
/// Loads certificates anew when their files change, and says every day what is wrong with those in use. On a fault the last good ones stay.
/// Folders are watched, and every few seconds the files are looked at as well, for file systems that do not tell.
/// </summary>
internal sealed partial class CertificateRenewal : IHostedService, IDisposable
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _reviewInterval = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly CertificateStore _store;
    private readonly IRenewalObserver _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FolderWatch _folders;
    private readonly ITimer _timer;
    private DateTimeOffset _reviewAt;

    public CertificateRenewal(
        CertificateStore store, IRenewalObserver observer, TimeProvider time, InternalFaults faults, ILogger<CertificateRenewal> logger)
    {
        (_store, _observer, _time, _logger) = (store, observer, time, logger);
        _folders = new FolderWatch(() => LookContained(faults), LogNotWatched, time, faults);
        _timer = time.CreateTimer(_ => LookContained(faults), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Follow();
            Review();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _folders.Watch([]);
        return Task.CompletedTask;
    }

    /// <summary>Loads the certificates of a changed configuration, and changes nothing.</summary>
    public PreparedCertificates Prepare(ProxyOptions options)
    {
        lock (_gate)
        {
            return _store.Prepare(options);
        }
    }

    /// <summary>What is in service now, to come back to it.</summary>
    public PreparedCertificates InForce()
    {
        lock (_gate)
        {
            return _store.InForce;
        }
    }

    /// <summary>Puts what was prepared into service.</summary>
    public void Take(PreparedCertificates prepared)
    {
        lock (_gate)
        {
            _store.Take(prepared);
            Follow();
        }
    }

    /// <summary>Counts and logs what was put into service: only when every listener shows it.</summary>
    public void Announce(PreparedCertificates prepared)
    {
        lock (_gate)
        {
            foreach (var certificates in prepared.New)
            {
                _observer.Renewed(certificates, isSuccess: true);
                Report(certificates, []);
            }
        }
    }

    public void Dispose()
    {
        _folders.Dispose();
        _timer.Dispose();
    }

    /// <summary>Timer and watcher are boundaries: what is thrown here ends this look, and the next one comes.</summary>
    private void LookContained(InternalFaults faults)
        => faults.Contain(FaultPlace.CertificateRenewal, static renewal => renewal.Look(), this);

    private void Look()
    {
        lock (_gate)
        {
            Renew(again: false);
            Follow();
            if (_time.GetUtcNow() >= _reviewAt)
            {
                Review();
            }
        }
    }

    private void Renew(bool again)
    {
        foreach (var certificates in _store.All)
        {
            if (certificates.Renew(again) is { } faults)
            {
                _observer.Renewed(certificates, faults.Count == 0);
                Report(certificates, faults);
            }
        }
    }

    private void Report(RenewableCertificates certificates, IReadOnlyList<ConfigurationFault> faults)
    {
        foreach (var fault in faults)
        {
            LogFault(fault.ToString());
        }

        if (faults.Count > 0)
        {
            LogKept(certificates.Name);
            return;
        }

        foreach (var certificate in certificates.Shown.Select(s => s.Certificate))
        {
            LogRenewed(
                certificates.Name, CertificateNames.Display(certificate), certificate.GetCertHashString(HashAlgorithmName.SHA256),
                CertificateFacts.NotAfter(certificate));
        }

        Warn(certificates);
    }

    /// <summary>Watches where the files are now, and behind links where the links lead; nothing when there is nothing to watch.</summary>
    private void Follow()
    {
        var files = _store.All.SelectMany(certificates => certificates.Files).ToHashSet(StringComparer.Ordinal);
        _folders.Watch(files.SelectMany(LinkTrail.Places));
        _timer.Change(files.Count > 0 || _store.All.Any() ? _poll : Timeout.InfiniteTimeSpan, _poll);
    }

    private void Review()
    {
        var now = _time.GetUtcNow();
        _reviewAt = now + _reviewInterval;
        foreach (var certificates in _store.All)
        {
            Warn(certificates);
        }

        foreach (var cluster in _store.ClustersNow.Where(c => !c.Rules.Verify))
        {
            LogNotVerified(cluster.Name);
        }

        foreach (var (cluster, destination, certificate) in _store.Destinations.All)
        {
            if (GuardRails.TimeLeft(certificate.NotAfter, now) is { } little)
            {
                LogWarning($"The certificate '{certificate.Subject}' of {cluster}/{destination}: {little}; renew it on the destination.");
            }
        }
    }

    private void Warn(RenewableCertificates certificates)
    {
        foreach (var warning in certificates.Warnings(_time.GetUtcNow()))
        {
            LogWarning(warning.ToString());
        }
    }

    [LoggerMessage(EventIds.CertificateRenewed, LogLevel.Information,
        "Certificate of {Owner} renewed: '{Subject}', SHA-256 {Thumbprint}, expires {NotAfter:yyyy-MM-dd HH:mm} UTC.")]
    private partial void LogRenewed(string owner, string subject, string thumbprint, DateTimeOffset notAfter);

    [LoggerMessage(EventIds.CertificateFault, LogLevel.Warning, "{Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(EventIds.CertificateKept, LogLevel.Warning,
        "The changed certificate files of {Owner} cannot be used; what was loaded before stays in use.")]
    private partial void LogKept(string owner);

    [LoggerMessage(EventIds.CertificateWarning, LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(EventIds.CertificatesNotVerified, LogLevel.Warning,
        "TLS to the destinations of {Cluster} is NOT VERIFIED (Tls.Verify is false): anyone in between can read and change everything.")]
    private partial void LogNotVerified(string cluster);

    [LoggerMessage(EventIds.CertificatesNotWatched, LogLevel.Warning,
        "The folder {Folder} cannot be watched: {Fault}. Changed certificates are found within some seconds.")]
    private partial void LogNotWatched(string folder, string fault);
}
