using System.Security.Cryptography;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// Asks a RADIUS server over TLS (RadSec) whether it serves, by the question that RADIUS has for it: no user, no password, nothing in its
/// accounts.
/// </summary>
internal sealed record StatusServerProbe : IProbe
{
    public ProbeMethod Method => ProbeMethod.StatusServer;

    public bool SpeaksTls => true;

    public async ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline)
    {
        await using var connection = await ProbeSocket.OpenAsync(target, deadline);
        await using var session = await ProbedHandshake.OpenAsync(connection, target.Terms!, deadline);
        var random = RandomNumberGenerator.GetBytes(1 + RadiusMessages.AuthenticatorLength);
        var question = RadiusMessages.StatusServer(random[0], random.AsSpan(1));
        await session.WriteAsync(question, deadline);
        var result = await ReadAnswerAsync(session, question, deadline);
        await session.ShutdownAsync();
        await ProbeSocket.EndInOrderAsync(connection, session, deadline);
        return result;
    }

    private static async ValueTask<ProbeResult> ReadAnswerAsync(Stream session, byte[] question, CancellationToken deadline)
    {
        var buffer = new byte[RadiusMessages.MostBytes];
        for (var seen = 0; ;)
        {
            // A packet is at most as long as the buffer: there is room as long as it is not whole.
            var count = await session.ReadAsync(buffer.AsMemory(seen), deadline);
            if (count == 0)
            {
                return ProbeResult.Closed;
            }

            seen += count;
            if (RadiusMessages.TryRead(buffer.AsSpan(0, seen), question, out var isHealthy))
            {
                return isHealthy ? ProbeResult.Success : ProbeResult.BadAnswer;
            }
        }
    }
}
