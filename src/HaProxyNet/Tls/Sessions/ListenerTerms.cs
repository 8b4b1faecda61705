using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// What a TLS engine offers the clients of one listener: made at its first handshake, and again when its certificates have been renewed.
/// Any thread.
/// </summary>
/// <typeparam name="TTerms">The terms in the engine's own types. Immutable.</typeparam>
/// <param name="settings">What stays.</param>
/// <param name="make">Makes the terms of a moment; what it throws ends the handshake that asked.</param>
internal sealed class ListenerTerms<TTerms>(
    TlsServerSettings settings,
    Func<TlsServerSettings, ServerCertificates, ClientCertificateRules, TTerms> make)
    where TTerms : class
{
    private readonly Lock _gate = new();
    private Moment? _last;

    /// <summary>The settings of the listener.</summary>
    public TlsServerSettings Settings => settings;

    /// <summary>The terms for handshakes that begin now.</summary>
    public TTerms Now() => Volatile.Read(ref _last) is { } last && last.IsNow(settings) ? last.Terms : Renew();

    private TTerms Renew()
    {
        lock (_gate)
        {
            // Asked for again: another lane may have done it, and certificates may have come that are newer still.
            if (_last is not { } last || !last.IsNow(settings))
            {
                var (certificates, clients) = (settings.Certificates.Server, settings.Certificates.Clients);
                last = new Moment(certificates, clients, make(settings, certificates, clients));
                Volatile.Write(ref _last, last);
            }

            return last.Terms;
        }
    }

    private sealed record Moment(ServerCertificates Certificates, ClientCertificateRules Clients, TTerms Terms)
    {
        public bool IsNow(TlsServerSettings settings)
            => ReferenceEquals(Certificates, settings.Certificates.Server) && ReferenceEquals(Clients, settings.Certificates.Clients);
    }
}
