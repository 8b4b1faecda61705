using System.Runtime.CompilerServices;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>TLS by the platform's library through <see cref="System.Net.Security.SslStream"/>: any system, any engine.</summary>
/// <param name="faults">Counts what SslStream throws and nobody foresaw.</param>
internal sealed class SslStreamEngine(InternalFaults faults) : ITlsEngine
{
    private readonly ConditionalWeakTable<TlsServerSettings, ListenerTerms<SslServerTerms>> _listeners = [];

    // Two benches: strangers that come with long chains do not keep the proxy from its destinations.
    private readonly JudgesBench _forClients = new(faults);
    private readonly JudgesBench _forDestinations = new(faults);

    public string Name => "sslstream";

    public TlsSession CreateServer(LaneSocket socket, TlsServerSettings settings)
        => new SslServerSession(
            socket,
            _listeners.GetValue(settings, static s => new(s, static (of, certificates, clients) => new(of, certificates, clients))),
            _forClients,
            faults);

    public TlsSession CreateClient(LaneSocket socket, TlsClientSettings settings)
        => new SslClientSession(socket, settings, _forDestinations, faults);
}
