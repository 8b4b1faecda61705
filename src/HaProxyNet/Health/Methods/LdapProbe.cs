using HaProxyNet.Configuration.Health;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// A search of the rootDSE, anonymous and for no attribute, and an unbind: the lightest question that a directory answers. No password is
/// ever sent, so none can lock an account.
/// </summary>
/// <param name="SpeaksTls">Whether over TLS (LDAPS), on the target's terms.</param>
internal sealed record LdapProbe(bool SpeaksTls) : IProbe
{
    /// <summary>Far more than an entry without attributes and a result.</summary>
    private const int LongestAnswer = 64 * 1024;

    public ProbeMethod Method => ProbeMethod.Ldap;

    public async ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline)
    {
        await using var connection = await ProbeSocket.OpenAsync(target, deadline);
        if (!SpeaksTls)
        {
            return await AskAsync(connection, deadline);
        }

        await using var session = await ProbedHandshake.OpenAsync(connection, target.Terms!, deadline);
        return await AskAsync(session, deadline);

        async ValueTask<ProbeResult> AskAsync(Stream stream, CancellationToken cancellation)
        {
            await stream.WriteAsync(LdapMessages.SearchRootDse, cancellation);
            var result = await ReadResultAsync(stream, cancellation);
            await stream.WriteAsync(LdapMessages.Unbind, cancellation);
            await ProbeSocket.EndInOrderAsync(connection, stream, cancellation);
            return result;
        }
    }

    private static async ValueTask<ProbeResult> ReadResultAsync(Stream stream, CancellationToken deadline)
    {
        var buffer = new byte[LongestAnswer];
        for (int from = 0, to = 0; to < buffer.Length;)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(to), deadline);
            if (count == 0)
            {
                return ProbeResult.Closed;
            }

            to += count;
            while (LdapMessages.TryRead(buffer.AsSpan(from, to - from), out var length, out var answer))
            {
                if (answer is not LdapAnswer.Entry)
                {
                    return answer is LdapAnswer.Healthy ? ProbeResult.Success : ProbeResult.BadAnswer;
                }

                from += length;
            }
        }

        return ProbeResult.BadAnswer;
    }
}
