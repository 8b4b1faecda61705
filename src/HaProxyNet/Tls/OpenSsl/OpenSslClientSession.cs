using System.Net;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>A session with a destination.</summary>
internal sealed class OpenSslClientSession(
    ReactorLaneSocket socket,
    TlsClientSettings settings,
    OpenSslCluster cluster,
    InternalFaults faults)
    : OpenSslSession(socket, faults)
{
    private DestinationCertificateRules? _rules;

    protected override bool SpeaksFirst => true;

    protected override string ServerName => "";

    protected override IReadOnlyList<string> Protocols => settings.Alpn.Length > 0 ? [settings.Alpn] : [];

    protected override string WordsForNoCertificate => "the destination has sent no certificate";

    protected override unsafe nint Begin()
    {
        _rules = settings.Certificates.Rules;
        var context = cluster.Now(settings.MinVersion);
        var ssl = LibSsl.New(context.Pointer);
        GC.KeepAlive(context);
        if (ssl == 0)
        {
            return 0;
        }

        LibSsl.SetConnectState(ssl);

        // RFC 6066, section 3: an address is no server name.
        if (!IPAddress.TryParse(settings.Name, out _))
        {
            LibSsl.SetServerName(ssl, SslNumbers.ControlHostName, SslNumbers.NameTypeHost, settings.Name);
        }

        if (settings.Alpn.Length > 0)
        {
            var names = AlpnNames.Encode(Protocols);
            fixed (byte* list = names)
            {
                _ = LibSsl.SetAlpn(ssl, list, (uint)names.Length);
            }
        }

        return ssl;
    }

    protected override void End() => _rules = null;

    protected override CertificateVerdict Judge(X509Certificate2? certificate, X509Certificate2Collection sent)
    {
        if (certificate is not null)
        {
            settings.Seen?.Invoke(certificate);
        }

        return _rules!.Judge(certificate, sent, settings.Name);
    }
}
