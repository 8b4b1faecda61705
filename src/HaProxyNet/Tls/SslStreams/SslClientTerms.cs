using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>What the proxy asks of a destination, in <see cref="SslStream"/>'s types.</summary>
internal static class SslClientTerms
{
    /// <summary>The options of one handshake.</summary>
    /// <param name="settings">What is asked.</param>
    /// <param name="judged">Is told why the destination's certificate is not taken; empty when it is.</param>
    public static SslClientAuthenticationOptions Of(TlsClientSettings settings, Action<string> judged)
    {
        var rules = settings.Certificates.Rules;
        var options = new SslClientAuthenticationOptions
        {
            // SslStream itself sends no server name where this is an IP address.
            TargetHost = settings.Name,
            EnabledSslProtocols = SslStreamFacts.ProtocolsOf(SpokenVersions.Of(settings.MinVersion, [])),
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

        return options;

        bool Judge(X509Certificate2? certificate, X509Chain? chain)
        {
            if (certificate is not null)
            {
                settings.Seen?.Invoke(certificate);
            }

            var verdict = rules.Judge(certificate, chain, settings.Name);
            judged(verdict.Reason);
            return verdict.IsAccepted;
        }
    }
}
