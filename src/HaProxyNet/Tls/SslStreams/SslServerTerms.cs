using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Hello;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// What a listener's clients are offered at one moment, in <see cref="SslStream"/>'s types. Immutable; a renewal replaces the whole. Cipher
/// suites are left to the platform unless they are configured: its list has forward secrecy alone, and sessions are resumed only without a
/// list of one's own.
/// </summary>
internal sealed class SslServerTerms
{
    private readonly Dictionary<ServerCertificate, SslStreamCertificateContext> _contexts;
    private readonly ServerCertificates _certificates;
    private readonly SslProtocols _versions;
    private readonly CipherSuitesPolicy? _cipherSuites;
    private readonly List<SslApplicationProtocol>? _alpn;
    private readonly EcdsaChoice _ecdsa;

    public SslServerTerms(TlsServerSettings settings, ServerCertificates certificates, ClientCertificateRules clients)
    {
        (_certificates, Clients) = (certificates, clients);
        _versions = SslStreamFacts.ProtocolsOf(SpokenVersions.Of(settings.MinVersion, settings.CipherSuites));
        if (settings.CipherSuites.Count > 0 && !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            _cipherSuites = new CipherSuitesPolicy(settings.CipherSuites.Select(Enum.Parse<TlsCipherSuite>));
        }

        if (settings.Alpn.Count > 0)
        {
            _alpn = [.. settings.Alpn.Select(name => new SslApplicationProtocol(name))];
        }

        _ecdsa = new EcdsaChoice(settings.MinVersion, settings.CipherSuites);
        NeedsHello = certificates.Pairs.Any(pair => pair.IsChoice);
        _contexts = certificates.All.ToDictionary(certificate => certificate, ContextOf);
    }

    /// <summary>The rules for clients' certificates.</summary>
    public ClientCertificateRules Clients { get; }

    /// <summary>
    /// Whether some clients are shown another certificate than others for the same name: <see cref="For"/> then needs their hello.
    /// </summary>
    public bool NeedsHello { get; }

    /// <summary>The certificate for a client.</summary>
    /// <param name="serverName">What it asks for.</param>
    /// <param name="hello">Its hello; null: it is not needed, or could not be read.</param>
    public ServerCertificate Choose(string serverName, ClientHello? hello)
    {
        var pair = _certificates.Choose(serverName);
        return pair.Choose(takesEcdsa: pair.IsChoice && _ecdsa.IsTakenBy(hello, pair.Ecdsa!.KeyBits));
    }

    /// <summary>The options of one handshake.</summary>
    /// <param name="shown">What the client is shown.</param>
    /// <param name="judged">Is told why the client's certificate is not taken; empty when it is.</param>
    public SslServerAuthenticationOptions For(ServerCertificate shown, Action<string> judged)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _contexts[shown],
            EnabledSslProtocols = _versions,
            AllowRenegotiation = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            ApplicationProtocols = _alpn,
        };
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            options.CipherSuitesPolicy = _cipherSuites;
        }

        if (Clients.Mode is not ClientCertificateMode.None)
        {
            options.ClientCertificateRequired = true;

            // A resumed session has the certificate of its first handshake, without the issuers that came with it: a client whose issuer is
            // not an authority here would be refused from its second connection on, and one with a new certificate judged by its old one.
            options.AllowTlsResume = false;
            options.CertificateChainPolicy = Clients.ChainPolicy();
            options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                var verdict = Clients.Judge((X509Certificate2?)certificate, chain);
                judged(verdict.Reason);
                return verdict.IsAccepted;
            };
        }

        return options;
    }

    /// <summary>
    /// With it the client is told whose certificates are taken: those of Java and Windows choose among theirs by that. Windows tells by its
    /// own store alone.
    /// </summary>
    private SslStreamCertificateContext ContextOf(ServerCertificate certificate)
        => Clients is { Mode: not ClientCertificateMode.None, Authorities: { } authorities } && !OperatingSystem.IsWindows()
            ? SslStreamCertificateContext.Create(
                certificate.Certificate, certificate.Chain, offline: true,
                SslCertificateTrust.CreateForX509Collection(authorities, sendTrustInHandshake: true))
            : certificate.Context;
}
