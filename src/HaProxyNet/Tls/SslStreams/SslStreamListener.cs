using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>The terms of one listener: made at its first handshake, and again when its certificates have been renewed. Any thread.</summary>
internal sealed class SslStreamListener(TlsServerSettings settings)
{
    private readonly Lock _gate = new();
    private SslServerTerms? _terms;

    /// <summary>The terms for handshakes that begin now.</summary>
    public SslServerTerms Now()
    {
        var certificates = settings.Certificates.Server;
        var clients = settings.Certificates.Clients;
        return Volatile.Read(ref _terms) is { } terms && terms.Are(certificates, clients) ? terms : Renew();
    }

    private SslServerTerms Renew()
    {
        lock (_gate)
        {
            // Asked for again: another lane may have done it, and certificates may have come that are newer still.
            var certificates = settings.Certificates.Server;
            var clients = settings.Certificates.Clients;
            if (_terms is not { } terms || !terms.Are(certificates, clients))
            {
                terms = new SslServerTerms(settings, certificates, clients);
                Volatile.Write(ref _terms, terms);
            }

            return terms;
        }
    }
}
