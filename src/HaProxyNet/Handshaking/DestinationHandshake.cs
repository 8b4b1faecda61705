using System.Runtime.CompilerServices;
using HaProxyNet.Connections;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Handshaking;

/// <summary>
/// Shakes hands with a destination that has just accepted. It is a part of the connect attempt: when it fails, not one byte of the client
/// has been given away, and the next destination can be tried.
/// </summary>
internal sealed partial class DestinationHandshake(ITlsEngine engine, DestinationTerms terms, InternalFaults faults, ILogger<DestinationHandshake> logger)
{
    /// <summary>
    /// <see cref="ConnectStatus.Connected"/> with the connection's <see cref="ProxyConnection.DestinationEnd"/> set; otherwise how the attempt
    /// ended, with the destination's socket reset.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectStatus> RunAsync(ProxyConnection connection, Cluster cluster, ClusterEncryption encryption, Destination destination)
    {
        var socket = connection.Lane.Open(connection, connection.DestinationSocket!);
        var status = ConnectStatus.TlsFailed;
        if (terms.Of(cluster, encryption, destination, (connection.ClientEnd as TlsSession)?.Facts.Alpn ?? "") is { } settings)
        {
            var session = engine.CreateClient(socket, settings);
            connection.DestinationEnd = session;
            status = await ShakeHandsAsync(connection, session, encryption, destination);
        }

        if (status is not ConnectStatus.Connected)
        {
            socket.Reset();
            connection.DestinationEnd?.Dispose();
            connection.DestinationEnd = null;
            connection.DestinationSocket = null;
        }

        return status;
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> ShakeHandsAsync(
        ProxyConnection connection, TlsSession session, ClusterEncryption encryption, Destination destination)
    {
        // The client's side is listened to meanwhile: nobody shakes hands for one who has gone.
        var client = connection.ClientEnd ??= new PlainEnd(connection.Lane.Open(connection, connection.Client));
        client.Socket.Attach();
        session.Socket.Attach();
        var handshake = new WatchedHandshake(connection, session, encryption.HandshakeTimeout, faults, client: client);
        HandshakeResult result;
        using (connection.Lane.Watch(connection, handshake))
        {
            result = await handshake.RunAsync();
        }

        switch (result.Status)
        {
            case HandshakeStatus.Success:
                destination.HandshakeFault = "";
                return ConnectStatus.Connected;
            case HandshakeStatus.Aborted:
                return handshake.IsClientGone ? ConnectStatus.ClientGone : handshake.HasMovedOn ? ConnectStatus.MovedOn : ConnectStatus.Aborted;
            default:
                destination.HandshakeFault = HandshakeAdvice.Of(result, encryption.HandshakeTimeout);
                LogFailed(
                    destination.ClusterName, destination.Name, destination.Model.Address.ToString(), result.Status.Label(), destination.HandshakeFault);
                return ConnectStatus.TlsFailed;
        }
    }

    [LoggerMessage(EventIds.DestinationHandshakeFailed, LogLevel.Information,
        "TLS handshake with {Cluster}/{Destination} ({Address}) failed, {Result}: {Why}.")]
    private partial void LogFailed(string cluster, string destination, string address, string result, string why);
}
