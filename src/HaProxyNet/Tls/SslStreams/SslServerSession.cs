using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Encryption;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>A session with a client.</summary>
internal sealed class SslServerSession(LaneSocket socket, TlsServerSettings settings, SslStreamPolicy policy) : SslStreamSession(socket)
{
    protected override Task AuthenticateAsync(SslStream ssl)
        => ssl.AuthenticateAsServerAsync(
            static (_, hello, session, _) => new(((SslServerSession)session!).Choose(hello.ServerName)), this, CancellationToken.None);

    /// <summary>Whether it can be shown and compared: it goes into the log, and the client has made it up.</summary>
    private static bool IsHostName(string? name)
        => name is not null && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>The terms for a client that has asked for this name.</summary>
    private SslServerAuthenticationOptions Choose(string serverName)
    {
        ServerName = IsHostName(serverName) ? serverName : "";
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = settings.Certificates.Server.Choose(serverName).Context,
            EnabledSslProtocols = SslStreamFacts.VersionsFrom(settings.MinVersion),
            AllowRenegotiation = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        policy.Apply(options);
        var rules = settings.Certificates.Clients;
        if (rules.Mode is not ClientCertificateMode.None)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = rules.ChainPolicy();
            options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                var verdict = rules.Judge((X509Certificate2?)certificate, chain);
                Refusal = verdict.Reason;
                return verdict.IsAccepted;
            };
        }

        return options;
    }
}
