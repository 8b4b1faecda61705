using System.Net.Security;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>A session with a destination.</summary>
internal sealed class SslClientSession(LaneSocket socket, TlsClientSettings settings, JudgesBench bench, InternalFaults faults)
    : SslStreamSession(socket, faults)
{
    protected override JudgesBench? Bench => bench;

    protected override Task AuthenticateAsync(SslStream ssl)
        => ssl.AuthenticateAsClientAsync(SslClientTerms.Of(settings, refusal => Refusal = refusal), CancellationToken.None);
}
