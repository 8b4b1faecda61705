using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>A session with a destination.</summary>
internal sealed class SslClientSession(LaneSocket socket, TlsClientSettings settings) : SslStreamSession(socket)
{
    protected override Task AuthenticateAsync(SslStream ssl)
    {
        var rules = settings.Certificates.Rules;
        var options = new SslClientAuthenticationOptions
        {
            // SslStream itself sends no server name where this is an IP address.
            TargetHost = settings.Name,
            EnabledSslProtocols = SslStreamFacts.VersionsFrom(settings.MinVersion),
            AllowRenegotiation = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = rules.ChainPolicy(),
            ClientCertificateContext = settings.Certificates.Client?.Context,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => Judge((X509Certificate2?)certificate, chain),
        };
        if (settings.Alpn.Length > 0)
        {
            options.ApplicationProtocols = [new SslApplicationProtocol(settings.Alpn)];
        }

        return ssl.AuthenticateAsClientAsync(options, CancellationToken.None);

        bool Judge(X509Certificate2? certificate, X509Chain? chain)
        {
            if (certificate is not null)
            {
                settings.Seen?.Invoke(certificate);
            }

            var verdict = rules.Judge(certificate, chain, settings.Name);
            Refusal = verdict.Reason;
            return verdict.IsAccepted;
        }
    }
}
