using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// The context for a cluster's destinations: made at the first handshake, and again when what it depends on has changed. Any thread.
/// </summary>
internal sealed class OpenSslCluster(ClusterCertificates certificates)
{
    private readonly Lock _gate = new();
    private OpenSslClientTerms? _terms;

    /// <summary>The context for handshakes that begin now.</summary>
    /// <exception cref="OpenSslException">The library does not take the certificate.</exception>
    public OpenSslContext Now(TlsVersion oldest)
    {
        var shown = certificates.Client;
        if (Volatile.Read(ref _terms) is { } terms && ReferenceEquals(terms.Shown, shown) && terms.Oldest == oldest)
        {
            return terms.Context;
        }

        lock (_gate)
        {
            var context = Create(shown, oldest);
            Volatile.Write(ref _terms, new OpenSslClientTerms(shown, oldest, context));
            return context;
        }
    }

    private static unsafe OpenSslContext Create(ServerCertificate? shown, TlsVersion oldest)
    {
        var context = new OpenSslContext(isServer: false, oldest, CipherNames.Default);
        context.Verify(SslNumbers.VerifyPeer, OpenSslSession.OnVerify);
        if (shown is not null)
        {
            context.Use(shown);
        }

        return context;
    }
}
