using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// What a listener's clients are offered at one moment: a context for each name's certificates. Immutable; a renewal replaces the whole,
/// and with it the keys of the tickets, so that no client comes back to what was shown before.
/// </summary>
internal sealed unsafe class OpenSslServerTerms
{
    private readonly Dictionary<CertificatePair, OpenSslContext> _contexts = [];
    private readonly ServerCertificates _certificates;

    /// <param name="settings">What stays.</param>
    /// <param name="certificates">The certificates of this moment.</param>
    /// <param name="clients">The rules for clients' certificates of this moment.</param>
    /// <exception cref="OpenSslException">The library does not take a certificate or a cipher suite.</exception>
    public OpenSslServerTerms(TlsServerSettings settings, ServerCertificates certificates, ClientCertificateRules clients)
    {
        (_certificates, Clients) = (certificates, clients);
        var alpn = AlpnNames.Encode(settings.Alpn);
        Alpn = GC.AllocateArray<byte>(alpn.Length, pinned: true);
        alpn.CopyTo(Alpn, 0);
        var suites = CipherNames.From(settings.CipherSuites);
        foreach (var pair in certificates.Pairs)
        {
            var context = new OpenSslContext(isServer: true, settings.MinVersion, suites);
            _contexts[pair] = context;
            foreach (var certificate in pair.All)
            {
                // Of two, the library shows the one whose kind of key the client's hello allows.
                context.Use(certificate);
            }

            context.Call(OpenSslServerSession.OnServerName, Alpn.Length > 0 ? OpenSslServerSession.OnAlpn : null);
            if (clients.Mode is not ClientCertificateMode.None)
            {
                context.Verify(
                    SslNumbers.VerifyPeer | (clients.Mode is ClientCertificateMode.Required ? SslNumbers.VerifyFailWithoutCertificate : 0),
                    OpenSslSession.OnVerify);
                context.Name(clients.Authorities ?? []);
                context.ForbidTickets();
            }
        }
    }

    /// <summary>The rules for clients' certificates.</summary>
    public ClientCertificateRules Clients { get; }

    /// <summary>The application protocols as they are on the wire. They do not move: the library is given an address in them.</summary>
    public byte[] Alpn { get; }

    /// <summary>The context that a session begins with.</summary>
    public OpenSslContext First => _contexts[_certificates.Default];

    /// <summary>The context for a client that asks for this name.</summary>
    public OpenSslContext Choose(string? serverName) => _contexts[_certificates.Choose(serverName)];
}
