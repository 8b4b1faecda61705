using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Configuration.Validation;
using HaProxyNet.Tls.Certificates.Loading;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>
/// What the proxy, as a TLS client of a cluster's destinations, takes and shows. A stable identity; what it holds is swapped whole.
/// </summary>
/// <param name="name">The cluster.</param>
/// <param name="options">Where its certificates are, and the rules.</param>
/// <param name="section">The section of the cluster that says so: Tls for connections, Health for probes.</param>
/// <param name="folder">What relative paths are relative to.</param>
/// <param name="time">Judges destinations' certificates.</param>
internal sealed class ClusterCertificates(string name, ClusterTlsOptions options, string section, string folder, TimeProvider time)
    : RenewableCertificates(name)
{
    private DestinationCertificateRules _rules =
        DestinationCertificateRules.Refusing($"the files of the cluster's {section} could not be loaded; the log says why");
    private ServerCertificate? _client;

    /// <summary>
    /// The rules for destinations' certificates, for handshakes that begin now. They refuse all as long as nothing could be loaded.
    /// </summary>
    public DestinationCertificateRules Rules => Volatile.Read(ref _rules);

    /// <summary>The name that destinations are asked for; empty: each one's own.</summary>
    public string ServerName => HostName.WithoutDot(options.ServerName);

    /// <summary>The certificate that is shown to destinations that ask for one; none unless configured.</summary>
    public ServerCertificate? Client => Volatile.Read(ref _client);

    /// <summary>Those of the clusters that are spoken to with TLS; nothing is loaded yet.</summary>
    public static IEnumerable<ClusterCertificates> OfConnections(ProxyOptions options, TimeProvider time)
        => options.Clusters.Where(c => c.Value.Tls.Enabled)
            .Select(c => new ClusterCertificates(c.Key, c.Value.Tls, nameof(ClusterOptions.Tls), options.Folder, time));

    /// <summary>Those of the clusters whose probes speak TLS on terms of their own; nothing is loaded yet.</summary>
    public static IEnumerable<ClusterCertificates> OfProbes(ProxyOptions options, TimeProvider time)
        => options.Clusters.Select(c => (c.Key, Terms: ProbeEncryption.Of(c.Value))).Where(c => c.Terms is not null)
            .Select(c => new ClusterCertificates(c.Key, c.Terms!, nameof(ClusterOptions.Health), options.Folder, time));

    public override IEnumerable<string> Files => Paths().Select(path => ConfiguredFiles.PathOf(folder, path));

    public override bool IsListener => false;

    public override IEnumerable<ServerCertificate> Shown => Client is { } client ? [client] : [];

    /// <summary>Takes over what was loaded anew; handshakes that have begun keep what they began with.</summary>
    public void Swap(DestinationCertificateRules rules, ServerCertificate? client)
    {
        Volatile.Write(ref _client, client);
        Volatile.Write(ref _rules, rules);
    }

    protected override IEnumerable<ConfigurationFault> Review(DateTimeOffset now)
    {
        var faults = new FaultCollector();
        if (Client is { } client)
        {
            GuardRails.Check(client, TrustAnchors.ClientAuthentication, At.Child(nameof(ClusterTlsOptions.Certificate)), now, faults);
        }

        if (options.Certificate.Path.Length > 0)
        {
            GuardRails.CheckKeyFile(
                ConfiguredFiles.PathOf(folder, CertificateLoader.KeyFileOf(options.Certificate)),
                At.Child(nameof(ClusterTlsOptions.Certificate)), faults);
        }

        return faults.Warnings;
    }

    protected override ConfiguredFiles Read()
        => ConfiguredFiles.Read(
            folder, Paths(), [
                .. JsonSerializer.SerializeToUtf8Bytes(options, ConfigurationKeys.Default.ClusterTlsOptions),
                .. WindowsStore.MarkOf(options.Certificate),
            ]);

    protected override void Load(ConfiguredFiles files, FaultCollector faults)
    {
        var client = options.Certificate.IsGiven
            ? CertificateLoader.Load(options.Certificate, At.Child(nameof(ClusterTlsOptions.Certificate)), files, faults)
            : null;
        var anchors = AuthorityFile.Load(options.CaPath, At.Child(nameof(ClusterTlsOptions.CaPath)), files, time, faults);
        if (anchors is not null && (client is not null || !options.Certificate.IsGiven))
        {
            Swap(new DestinationCertificateRules(options.Verify, anchors, options.Thumbprints, $"{section}.Thumbprints"), client);
        }
    }

    protected override SettingPath At => ValidationContext.ClustersPath.Child(Name).Child(section);

    private IEnumerable<string> Paths()
        => CertificateLoader.FilesOf(options.Certificate).Append(options.CaPath).Where(path => path.Length > 0);
}
