using System.Runtime.CompilerServices;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.SslStreams;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// TLS by OpenSSL 3, driven directly on the Reactor's sockets. Sockets of another engine, whose reads and writes come from any thread, are
/// served by <see cref="System.Net.Security.SslStream"/>.
/// </summary>
/// <param name="faults">Counts what a callback of the library throws and nobody foresaw.</param>
internal sealed class OpenSslEngine(InternalFaults faults) : ITlsEngine
{
    private readonly ConditionalWeakTable<TlsServerSettings, ListenerTerms<OpenSslServerTerms>> _listeners = [];
    private readonly ConditionalWeakTable<ClusterCertificates, OpenSslCluster> _clusters = [];
    private readonly SslStreamEngine _portable = new(faults);

    public string Name => "openssl";

    public TlsSession CreateServer(LaneSocket socket, TlsServerSettings settings) => socket is ReactorLaneSocket own
        ? new OpenSslServerSession(
            own,
            _listeners.GetValue(settings, static s => new(s, static (of, certificates, clients) => new(of, certificates, clients))),
            faults)
        : _portable.CreateServer(socket, settings);

    public TlsSession CreateClient(LaneSocket socket, TlsClientSettings settings) => socket is ReactorLaneSocket own
        ? new OpenSslClientSession(own, settings, _clusters.GetValue(settings.Certificates, static c => new OpenSslCluster(c)), faults)
        : _portable.CreateClient(socket, settings);
}
