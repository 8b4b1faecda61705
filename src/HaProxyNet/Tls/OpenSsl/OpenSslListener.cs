using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>The terms of one listener: made at its first handshake, and again when its certificates have been renewed. Any thread.</summary>
internal sealed class OpenSslListener(TlsServerSettings settings)
{
    private readonly Lock _gate = new();
    private OpenSslServerTerms? _terms;

    /// <summary>The settings of the listener.</summary>
    public TlsServerSettings Settings => settings;

    /// <summary>The terms for handshakes that begin now.</summary>
    /// <exception cref="OpenSslException">The library does not take a certificate or a cipher suite.</exception>
    public OpenSslServerTerms Now()
    {
        var certificates = settings.Certificates.Server;
        var clients = settings.Certificates.Clients;
        return Volatile.Read(ref _terms) is { } terms && terms.Are(certificates, clients) ? terms : Renew();
    }

    private OpenSslServerTerms Renew()
    {
        lock (_gate)
        {
            // Asked for again: another lane may have done it, and certificates may have come that are newer still.
            var certificates = settings.Certificates.Server;
            var clients = settings.Certificates.Clients;
            if (_terms is not { } terms || !terms.Are(certificates, clients))
            {
                terms = new OpenSslServerTerms(settings, certificates, clients);
                Volatile.Write(ref _terms, terms);
            }

            return terms;
        }
    }
}
