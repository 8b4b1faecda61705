using System.Net;
using System.Runtime.CompilerServices;
using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.Terminating;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Handshaking;

/// <summary>The stage in which a listener that terminates TLS shakes hands with its client, before anything is connected for it.</summary>
internal sealed partial class Terminator(ITlsEngine engine, InternalFaults faults, ILoggerFactory loggers)
{
    /// <summary>docs/tls.md names it, and configurations filter on it: it does not follow the folder.</summary>
    private const string Category = "HaProxyNet.Tls.Terminating.Terminator";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <summary>What encrypts.</summary>
    public string EngineName => engine.Name;

    /// <summary>Null when the connection may go on; otherwise its end.</summary>
    public ValueTask<ConnectionOutcome?> AcceptAsync(ProxyConnection connection)
        => connection.Plan.Tls is { } listener ? AcceptAsync(connection, listener) : default;

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome?> AcceptAsync(ProxyConnection connection, TerminatingListener listener)
    {
        var session = engine.CreateServer(connection.Lane.Open(connection, connection.Client), listener.Settings);
        connection.ClientEnd = session;
        session.Socket.Attach();
        var result = await ShakeHandsAsync(connection, session, listener);
        connection.Listener.Handshakes.Add(session.Facts.Version, result.Status);
        if (result.Status is HandshakeStatus.Success)
        {
            connection.TlsVersion = session.Facts.Version;
            connection.ServerName = connection.Listener.Share(session.Facts.ServerName is { Length: > 0 } name ? name : null);
            return null;
        }

        Tell(connection, listener, result);
        return result.Status switch
        {
            HandshakeStatus.Aborted => connection.AbortRequest,
            HandshakeStatus.PeerGone => ConnectionOutcome.ClientAborted,
            _ => ConnectionOutcome.TlsFailed,
        };
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<HandshakeResult> ShakeHandsAsync(ProxyConnection connection, TlsSession session, TerminatingListener listener)
    {
        var handshake = new WatchedHandshake(connection, session, listener.Timeout, faults, listener.Turns);
        using var watch = connection.Lane.Watch(connection, handshake);
        return await handshake.RunAsync();
    }

    private void Tell(ProxyConnection connection, TerminatingListener listener, HandshakeResult result)
    {
        if (result.Status is HandshakeStatus.PeerGone or HandshakeStatus.Aborted)
        {
            LogGone(listener.Name, connection.ClientEndPoint, result.Words, connection.Number);
            return;
        }

        var advice = result.Status switch
        {
            HandshakeStatus.TimedOut
                => $"{result.Words}: more than {listener.Timeout.TotalSeconds} s. Look at the client or the network; Tls.HandshakeTimeout "
                    + "is the limit",
            HandshakeStatus.NotTls => $"{result.Words}. A client that does not use TLS needs a listener of its own",
            HandshakeStatus.RefusedByPeer
                => $"{result.Words}. See whether the client trusts the certificate, and asks for a name that it holds for",
            _ => result.Words,
        };
        LogFailed(listener.Name, connection.ClientEndPoint, result.Status.Label(), advice, connection.Number);
    }

    [LoggerMessage(EventIds.HandshakeFailed, LogLevel.Information, "TLS handshake of {Listener} with {Client} failed, {Result}: {Why}.")]
    private partial void LogFailed(string listener, IPEndPoint client, string result, string why, ConnectionNumber connection);

    [LoggerMessage(EventIds.HandshakeLeft, LogLevel.Debug, "TLS handshake of {Listener} with {Client} was not finished: {Why}.")]
    private partial void LogGone(string listener, IPEndPoint client, string why, ConnectionNumber connection);
}
