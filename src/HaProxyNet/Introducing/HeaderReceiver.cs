using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using HaProxyNet.Connections;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.ProxyProtocol.Wire;
using HaProxyNet.State.Selecting;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Introducing;

/// <summary>
/// The stage in which a load balancer in front says who the client is. It takes the header out of the socket, and not one byte more: what
/// follows is the client's, and is read by the stages behind as if it came first.
/// </summary>
internal sealed class HeaderReceiver(HeaderTrouble trouble, TimeProvider time)
{
    /// <summary>Most headers fit; bytes.</summary>
    private const int UsualLength = 512;

    /// <summary>Null when the connection may go on; otherwise its end, with the reason in <see cref="ProxyConnection.Refusal"/>.</summary>
    public ValueTask<ConnectionOutcome?> ReceiveAsync(ProxyConnection connection) => connection.Plan.ProxyProtocol is not { } policy
        ? default
        : policy.IsListed(connection.Client.RemoteEndPoint.Address)
            ? ReceiveAsync(connection, policy)
            : CheckStrangerAsync(connection);

    /// <summary>
    /// Looks again only when there can be something new to see. The buffer is at most twice what was sent, whatever length is announced.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome?> ReceiveAsync(ProxyConnection connection, ProxyProtocolPolicy policy)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(UsualLength);
        try
        {
            for (var atLeast = 1; ;)
            {
                var seen = await PeekAsync(connection, buffer, atLeast, policy.Timeout);
                var result = ProxyHeaderParser.Parse(buffer.AsSpan(0, seen.Count));
                switch (result.Status)
                {
                    case ProxyHeaderStatus.Complete when seen.End is PeekEnd.Bytes or PeekEnd.Fin:
                        return Take(connection, result.Header, buffer.AsSpan(0, result.Header.Length));
                    case ProxyHeaderStatus.Invalid:
                        return Refuse(connection, RefusalReason.ProxyHeaderInvalid, result.Fault.Words());
                    case ProxyHeaderStatus.NoHeader:
                        return Refuse(connection, RefusalReason.ProxyHeaderMissing, "its first bytes are none");
                    default:
                        if (seen.End is not PeekEnd.Bytes)
                        {
                            return EndOf(connection, seen, policy);
                        }

                        break;
                }

                atLeast = result.AtLeast;
                if (seen.Count == buffer.Length)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// A peer that is not listed is a client like any other, unless it begins with a header. Where clients speak first anyway, that is
    /// waited for; else the first bytes are looked at as they pass.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome?> CheckStrangerAsync(ProxyConnection connection)
    {
        if (connection.Plan.PatienceForClient is not { } patience)
        {
            connection.ClientEnd = new StrangersEnd(connection, trouble);
            return null;
        }

        var buffer = new byte[ProxyHeaderParser.SignatureBytes];
        for (var atLeast = 1; ;)
        {
            var seen = await PeekAsync(connection, buffer, atLeast, patience);
            switch (ProxyHeaderParser.IsHeader(buffer.AsSpan(0, seen.Count)))
            {
                case true:
                    return Refuse(connection, RefusalReason.ProxyHeaderUnexpected, "");
                case false when seen.End is PeekEnd.Bytes or PeekEnd.Fin:
                case null when seen.End is PeekEnd.Urgent:
                    return null;
                case null when seen.End is PeekEnd.Bytes:
                    atLeast = seen.Count + 1;
                    break;
                default:
                    return seen.End switch
                    {
                        PeekEnd.TimedOut => connection.Plan.OutcomeOfSilence,
                        PeekEnd.Aborted => connection.AbortRequest,
                        _ => ConnectionOutcome.ClientAborted,
                    };
            }
        }
    }

    private ValueTask<PeekResult> PeekAsync(ProxyConnection connection, byte[] buffer, int atLeast, TimeSpan patience)
    {
        var left = patience - time.GetElapsedTime(connection.AcceptedAt, connection.Lane.Now);
        return left > TimeSpan.Zero
            ? connection.Lane.PeekAsync(connection, buffer, Math.Min(atLeast, buffer.Length) - 1, left)
            : new(new PeekResult(PeekEnd.TimedOut, 0));
    }

    private static ConnectionOutcome? Take(ProxyConnection connection, in ProxyHeader header, Span<byte> wire)
    {
        if (!connection.Client.TryTake(wire))
        {
            return ConnectionOutcome.ClientAborted;
        }

        connection.Introduced = IntroducedClient.From(header, wire);
        if (connection.Introduced is not { } introduced || IsAllowed(connection, introduced.Client.Address))
        {
            return null;
        }

        connection.Refusal = RefusalReason.NotAllowed;
        return ConnectionOutcome.ProxyHeader;
    }

    /// <summary>
    /// A load balancer's own connection, such as a health check, asks for no more than that it is listed: whether it says so by LOCAL, or
    /// by a header with its own address, as HAProxy does in version 1.
    /// </summary>
    private static bool IsAllowed(ProxyConnection connection, IPAddress client)
        => connection.Plan.Rules.Allows(client) || ClientKey.From(client) == ClientKey.From(connection.Client.RemoteEndPoint.Address);

    private ConnectionOutcome EndOf(ProxyConnection connection, in PeekResult seen, ProxyProtocolPolicy policy) => seen.End switch
    {
        PeekEnd.TimedOut
            => Refuse(connection, RefusalReason.ProxyHeaderMissing, $"none was complete within {policy.Timeout.TotalSeconds} s"),
        PeekEnd.Aborted => connection.AbortRequest,
        PeekEnd.Urgent => Refuse(connection, RefusalReason.ProxyHeaderInvalid, "urgent data stands in it"),

        // A load balancer that only asks whether the port accepts goes away without a byte.
        _ => ConnectionOutcome.ClientAborted,
    };

    private ConnectionOutcome Refuse(ProxyConnection connection, RefusalReason reason, string detail)
    {
        connection.Refusal = reason;
        trouble.Report(connection, reason, detail);
        return ConnectionOutcome.ProxyHeader;
    }
}
