using System.Text.Json;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Configuration.Validation;
using HaProxyNet.Tls.Certificates.Loading;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>
/// What one listener that terminates TLS shows, and what it asks of clients. A stable identity; what it holds is swapped whole.
/// </summary>
/// <param name="name">The listener.</param>
/// <param name="tls">Where its certificates are.</param>
/// <param name="folder">What relative paths are relative to.</param>
/// <param name="time">Judges clients' certificates.</param>
internal sealed class ListenerCertificates(string name, ListenerTlsOptions tls, string folder, TimeProvider time)
    : RenewableCertificates(name)
{
    private ServerCertificates? _server;
    private ClientCertificateRules? _clients;

    /// <summary>The certificates for handshakes that begin now.</summary>
    public ServerCertificates Server
        => Volatile.Read(ref _server) ?? throw new InvalidOperationException($"The certificates of {Name} have not been loaded.");

    /// <summary>The rules for clients' certificates, for handshakes that begin now.</summary>
    public ClientCertificateRules Clients
        => Volatile.Read(ref _clients) ?? throw new InvalidOperationException($"The certificates of {Name} have not been loaded.");

    public override IEnumerable<string> Files => Paths().Select(path => ConfiguredFiles.PathOf(folder, path));

    public override bool IsListener => true;

    public override IEnumerable<ServerCertificate> Shown => Volatile.Read(ref _server)?.All ?? [];

    /// <summary>Takes over new certificates; handshakes that have begun keep what they began with.</summary>
    public void Swap(ServerCertificates server, ClientCertificateRules clients)
    {
        Volatile.Write(ref _clients, clients);
        Volatile.Write(ref _server, server);
    }

    protected override IEnumerable<ConfigurationFault> Review(DateTimeOffset now)
    {
        var server = Server;
        var faults = new FaultCollector();
        if (tls.ServerName.Length > 0)
        {
            foreach (var shown in server.Choose(tls.ServerName).All)
            {
                GuardRails.CheckName(shown.Certificate, tls.ServerName, At.Child(nameof(ListenerTlsOptions.ServerName)), faults);
            }
        }

        foreach (var (certificate, (at, _)) in server.All.Zip(Places()))
        {
            if (server.NeverShown.Contains(certificate))
            {
                faults.Warn(
                    at,
                    $"no client is shown the certificate '{CertificateNames.Display(certificate.Certificate)}': one before it has the same "
                        + "kind of key and the same names",
                    "one certificate a name and kind of key: two for a name are for one with an RSA and one with an ECDSA key");
            }

            GuardRails.Check(certificate, TrustAnchors.ServerAuthentication, at, now, faults);
            GuardRails.CheckChain(certificate, at, now, faults);
        }

        foreach (var (at, options) in Places().Where(place => place.Options.Path.Length > 0))
        {
            GuardRails.CheckKeyFile(ConfiguredFiles.PathOf(folder, CertificateLoader.KeyFileOf(options)), at, faults);
        }

        return faults.Warnings;
    }

    protected override ConfiguredFiles Read()
        => ConfiguredFiles.Read(
            folder,
            Paths(),
            [.. JsonSerializer.SerializeToUtf8Bytes(
                tls,
                ConfigurationKeys.Default.ListenerTlsOptions), .. Places().SelectMany(place => WindowsStore.MarkOf(place.Options))]);

    protected override void Load(ConfiguredFiles files, FaultCollector faults)
    {
        var certificates = Places().Select(place => LoadUsable(place.At, place.Options, files, faults)).ToList();
        var asked = tls.ClientCertificate;
        var anchors = AuthorityFile.Load(
            asked.CaPath, At.Child(nameof(ListenerTlsOptions.ClientCertificate)).Child(nameof(ClientCertificateOptions.CaPath)), files,
            time, faults);
        if (anchors is not null && !certificates.Contains(item: null))
        {
            Swap(new ServerCertificates(certificates!), new ClientCertificateRules(asked.Mode, anchors, asked.AllowedSubjects));
        }
    }

    /// <summary>A certificate that the configured suites can be spoken with; null after a fault.</summary>
    private ServerCertificate? LoadUsable(SettingPath at, CertificateOptions options, ConfiguredFiles files, FaultCollector faults)
    {
        if (CertificateLoader.Load(options, at, files, faults) is not { } certificate)
        {
            return null;
        }

        string[] suites = [.. tls.CipherSuites];
        if (SpokenVersions.Of(tls.MinVersion, suites, certificate.Key).Any || !SpokenVersions.Of(tls.MinVersion, suites).Any)
        {
            return certificate;
        }

        var (kind, part) = certificate.Key is CertificateKey.Ecdsa ? ("ECDSA", "ECDHE_ECDSA") : ("RSA", "ECDHE_RSA");
        faults.Add(
            at,
            $"has an {kind} key, and no suite in CipherSuites can be spoken with it: no client could connect",
            $"a suite of TLS 1.3 (TLS_AES_256_GCM_SHA384) or of {kind} (TLS_{part}_WITH_AES_256_GCM_SHA384) in CipherSuites, or another "
                + "certificate");
        return null;
    }

    protected override SettingPath At => ValidationContext.ListenersPath.Child(Name).Child(nameof(ListenerOptions.Tls));

    private IEnumerable<string> Paths()
        => Places().SelectMany(place => CertificateLoader.FilesOf(place.Options)).Append(tls.ClientCertificate.CaPath)
            .Where(path => path.Length > 0);

    /// <summary>The certificates that are configured: the one, and the further ones.</summary>
    private IEnumerable<(SettingPath At, CertificateOptions Options)> Places()
    {
        var further = At.Child(nameof(ListenerTlsOptions.Certificates));
        return tls.Certificates.Select((certificate, index) => (further.Element(index), certificate))
            .Prepend((At.Child(nameof(ListenerTlsOptions.Certificate)), tls.Certificate))
            .Where(place => place.Item2.IsGiven);
    }
}
