using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Tls.Hello;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Handshaking;

/// <summary>Reads the hello of a TLS client where its listener asks for that, and leaves every byte where it is.</summary>
internal sealed partial class HelloPeek(TimeProvider time, ILogger<HelloPeek> logger)
{
    /// <summary>Most hellos fit; bytes.</summary>
    private const int UsualLength = 2048;

    /// <summary>Null when the connection may go on; otherwise its end.</summary>
    public ValueTask<ConnectionOutcome?> LookAsync(ProxyConnection connection)
        => connection.Plan.HelloTimeout is { } patience ? ReadAsync(connection, patience) : default;

    /// <summary>
    /// Looks again only when there can be something new to see. The buffer is at most twice what the client has sent, whatever length it
    /// announces.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome?> ReadAsync(ProxyConnection connection, TimeSpan patience)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(UsualLength);
        try
        {
            for (var atLeast = 1; ;)
            {
                var left = patience - time.GetElapsedTime(connection.AcceptedAt, connection.Lane.Now);
                var seen = left > TimeSpan.Zero
                    ? await connection.Lane.PeekAsync(connection, buffer, Math.Min(atLeast, buffer.Length) - 1, left)
                    : new PeekResult(PeekEnd.TimedOut, 0);
                var hello = HelloParser.Parse(buffer.AsSpan(0, seen.Count));
                if (seen.End is not PeekEnd.Bytes || hello.Status is not HelloStatus.NeedMore)
                {
                    return Decide(connection, seen, hello);
                }

                atLeast = hello.AtLeast;
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
    /// What is no hello is for the router to judge, and so is one with an urgent byte in it, whose rest cannot be seen: only a client that
    /// is gone, or has sent too little for too long, goes no further.
    /// </summary>
    private ConnectionOutcome? Decide(ProxyConnection connection, in PeekResult seen, in HelloResult hello)
    {
        if (seen.Count > 0)
        {
            connection.ServerName = connection.Listener.Share(hello.Hello?.ServerName);
            connection.TlsVersion = hello.Hello is { } read ? HelloVersion.Label(read.Version) : hello.Status.Label();
            if (logger.IsEnabled(LogLevel.Debug))
            {
                LogSeen(connection.Listener.Name, connection.ClientEndPoint, hello, connection.Number);
            }
        }

        return seen.End switch
        {
            PeekEnd.Bytes or PeekEnd.Urgent => null,
            PeekEnd.Fin when hello.Status is not HelloStatus.NeedMore => null,
            PeekEnd.TimedOut => ConnectionOutcome.HelloTimeout,
            PeekEnd.Aborted => connection.AbortRequest,
            _ => ConnectionOutcome.ClientAborted,
        };
    }

    [LoggerMessage(Vocabulary.EventIds.HelloSeen, LogLevel.Debug, "Listener {Listener}: first bytes of {Client}: {Seen}.")]
    private partial void LogSeen(string listener, IPEndPoint client, HelloResult seen, ConnectionNumber connection);
}
