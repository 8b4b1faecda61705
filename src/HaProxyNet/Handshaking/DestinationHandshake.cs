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
/// Shakes hands with a destination that has just accepted. It is a part of the connect attempt: when it fails or is slow, not one byte of
/// the client has been given away, and the next destination can be tried.
/// </summary>
internal sealed partial class DestinationHandshake(
    ITlsEngine engine, DestinationTerms terms, InternalFaults faults, TimeProvider time, ILogger<DestinationHandshake> logger)
{
    /// <summary>
    /// <see cref="ConnectStatus.Connected"/> with the connection's <see cref="ProxyConnection.DestinationEnd"/> set; otherwise how the
    /// attempt ended, with the destination's socket closed. <see cref="ConnectStatus.Slow"/>: it is
    /// <see cref="LaneConnection.SteppedAside"/>, and the caller lets it go on at once.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="encryption">How the cluster's destinations are spoken to.</param>
    /// <param name="destination">The destination that has accepted.</param>
    /// <param name="patience">How long it is waited for; zero: until it ends.</param>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectStatus> RunAsync(
        ProxyConnection connection, Cluster cluster, ClusterEncryption encryption, Destination destination, TimeSpan patience)
    {
        var socket = connection.Lane.Open(connection, connection.DestinationSocket!);
        var status = ConnectStatus.TlsFailed;
        if (terms.Of(cluster, encryption, destination, (connection.ClientEnd as TlsSession)?.Facts.Alpn ?? "") is { } settings)
        {
            var session = engine.CreateClient(socket, settings);
            connection.DestinationEnd = session;
            status = await ShakeHandsAsync(connection, session, encryption, destination, patience);
        }

        if (status is ConnectStatus.Connected)
        {
            return status;
        }

        if (status is not ConnectStatus.Slow)
        {
            End(socket, status);
            connection.DestinationEnd?.Dispose();
        }

        connection.DestinationEnd = null;
        connection.DestinationSocket = null;
        return status;
    }

    /// <summary>One that is not needed any more has done nothing wrong.</summary>
    private static void End(LaneSocket socket, ConnectStatus status)
    {
        if (status is ConnectStatus.Overtaken)
        {
            socket.Close();
        }
        else
        {
            socket.Reset();
        }
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> ShakeHandsAsync(
        ProxyConnection connection, TlsSession session, ClusterEncryption encryption, Destination destination, TimeSpan patience)
    {
        // The client's side is listened to meanwhile: nobody shakes hands for a client that has gone.
        var client = connection.ClientEnd ??= new PlainEnd(connection.Lane.Open(connection, connection.Client));
        client.Socket.Attach();
        session.Socket.Attach();
        var handshake = new WatchedHandshake(connection, session, encryption.HandshakeTimeout, faults, client: client);
        var began = connection.Lane.Now;
        using var watch = connection.Lane.Watch(connection, handshake);
        if (patience <= TimeSpan.Zero || patience >= encryption.HandshakeTimeout)
        {
            return Judge(await handshake.RunAsync());
        }

        var running = new RunningHandshake(connection, session, handshake, patience, encryption.HandshakeTimeout, Judge);
        var status = await running.RunAsync();
        if (status is ConnectStatus.Slow)
        {
            connection.SteppedAside = running;
        }

        return status;

        ConnectStatus Judge(HandshakeResult result)
        {
            if (result.Status is HandshakeStatus.Success)
            {
                destination.HandshakeTimes.Add(time.GetElapsedTime(began, connection.Lane.Now));
            }

            return Note(destination, encryption, handshake, result);
        }
    }

    private ConnectStatus Note(Destination destination, ClusterEncryption encryption, WatchedHandshake handshake, HandshakeResult result)
    {
        switch (result.Status)
        {
            case HandshakeStatus.Success:
                destination.HandshakeFault = "";
                return ConnectStatus.Connected;
            case HandshakeStatus.Aborted:
                return handshake switch
                {
                    { IsClientGone: true } => ConnectStatus.ClientGone,
                    { HasMovedOn: true } => ConnectStatus.MovedOn,
                    { WasOvertaken: true } => ConnectStatus.Overtaken,
                    _ => ConnectStatus.Aborted,
                };
            default:
                destination.HandshakeFault = HandshakeAdvice.Of(result, encryption.HandshakeTimeout);
                LogFailed(
                    destination.ClusterName, destination.Name, destination.Model.Address.ToString(), result.Status.Label(),
                    destination.HandshakeFault);
                return ConnectStatus.TlsFailed;
        }
    }

    [LoggerMessage(EventIds.DestinationHandshakeFailed, LogLevel.Information,
        "TLS handshake with {Cluster}/{Destination} ({Address}) failed, {Result}: {Why}.")]
    private partial void LogFailed(string cluster, string destination, string address, string result, string why);
}
