using System.Runtime.CompilerServices;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>TLS by the platform's library through <see cref="System.Net.Security.SslStream"/>: any system, any engine.</summary>
internal sealed class SslStreamEngine : ITlsEngine
{
    private readonly ConditionalWeakTable<TlsServerSettings, SslStreamPolicy> _policies = [];

    public string Name => "sslstream";

    public TlsSession CreateServer(LaneSocket socket, TlsServerSettings settings)
        => new SslServerSession(socket, settings, _policies.GetValue(settings, static s => new SslStreamPolicy(s)));

    public TlsSession CreateClient(LaneSocket socket, TlsClientSettings settings) => new SslClientSession(socket, settings);
}
