using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>One TLS handshake with a destination, as its client, that takes any certificate in order to look at it.</summary>
internal static class Handshake
{
    /// <summary>Shakes hands and says goodbye in order. It never throws for what the destination does.</summary>
    public static async Task<HandshakeFacts> RunAsync(
        Socket socket,
        DestinationCase one,
        ClusterCertificates? own,
        TimeProvider time,
        CancellationToken stop)
    {
        ShownCertificate? shown = null;
        var refusal = "";
        using var deadline = new CancellationTokenSource(one.HandshakeTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = one.ServerName,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = own?.Rules.ChainPolicy()
                ?? new TrustAnchors(authorities: null, time).Policy(TrustAnchors.ServerAuthentication),
            ClientCertificateContext = own?.Client?.Context,
#pragma warning disable CA5359 // Taken in order to look at it; nothing is sent over this connection.
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                if (certificate is X509Certificate2 seen)
                {
                    shown = ShownCertificate.Of(seen, one.ClientNames);
                    refusal = own?.Rules.Judge(seen, chain, one.ServerName).Reason ?? "";
                }

                return true;
            },
#pragma warning restore CA5359
        };
        try
        {
            await socket.SendAsync(one.Header, limit.Token);
            await tls.AuthenticateAsClientAsync(options, limit.Token);
            var (version, cipher) = (Version(tls.SslProtocol), tls.NegotiatedCipherSuite.ToString());
            await CloseAsync(tls);
            return new(version, cipher, shown, refusal, "");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new("", "", shown, refusal, $"no answer to the handshake within {one.HandshakeTimeout.TotalSeconds:0.#} s");
        }
#pragma warning disable CA1031 // The boundary of the library: whatever it throws for this destination is a finding about it.
        catch (Exception failed) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new("", "", shown, refusal, Reason(failed));
        }
    }

    private static async Task CloseAsync(SslStream tls)
    {
        try
        {
            await tls.ShutdownAsync();
        }
        catch (IOException)
        {
            // It has closed before we could; nothing more was to be said.
        }
    }

    /// <summary>The innermost words are those of the TLS library, or of the system.</summary>
    private static string Reason(Exception failed)
    {
        var innermost = failed;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost.Message.TrimEnd('.');
    }

#pragma warning disable SYSLIB0039, CA5397, CA5398 // Named, not asked for: a destination may still speak an old one.
    private static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls11 => "TLS 1.1",
        SslProtocols.Tls => "TLS 1.0",
        _ => protocol.ToString(),
    };
#pragma warning restore SYSLIB0039, CA5397, CA5398
}
