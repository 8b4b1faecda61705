using HaProxyNet.Configuration.Health;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>A whole TLS handshake, closed in order: the server logs no broken one.</summary>
internal sealed record TlsProbe : IProbe
{
    public ProbeMethod Method => ProbeMethod.Tls;

    public bool SpeaksTls => true;

    public async ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline)
    {
        await using var connection = await ProbeSocket.OpenAsync(target, deadline);
        await using var session = await ProbedHandshake.OpenAsync(connection, target.Terms!, deadline);
        await session.ShutdownAsync();
        await ProbeSocket.EndInOrderAsync(connection, session, deadline);
        return ProbeResult.Success;
    }
}
