using System.Net.Security;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>A session with a destination.</summary>
internal sealed class SslClientSession(LaneSocket socket, TlsClientSettings settings) : SslStreamSession(socket)
{
    protected override Task AuthenticateAsync(SslStream ssl)
        => ssl.AuthenticateAsClientAsync(SslClientTerms.Of(settings, refusal => Refusal = refusal), CancellationToken.None);
}
