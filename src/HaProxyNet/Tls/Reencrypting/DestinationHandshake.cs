using System.Runtime.CompilerServices;
using HaProxyNet.Connecting;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>
/// Shakes hands with a destination that has just accepted. It is a part of the connect attempt: when it fails, not one byte of the client
/// has been given away, and the next destination can be tried.
/// </summary>
internal sealed partial class DestinationHandshake(ITlsEngine engine, CertificateStore certificates, ILogger<DestinationHandshake> logger)
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
        if (Settings(connection, cluster, encryption, destination) is { } settings)
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

    /// <summary>None when the cluster's certificates are not loaded: a reload that enabled TLS has just begun.</summary>
    private TlsClientSettings? Settings(ProxyConnection connection, Cluster cluster, ClusterEncryption encryption, Destination destination)
        => certificates.Cluster(cluster.Name) is not { } known ? null : new(
            known,
            encryption.NameOf(destination.Model),
            encryption.MinVersion,
            (connection.ClientEnd as TlsSession)?.Facts.Alpn ?? "",
            certificate => certificates.Destinations.Seen(cluster.Name, destination.Name, certificate));

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> ShakeHandsAsync(
        ProxyConnection connection, TlsSession session, ClusterEncryption encryption, Destination destination)
    {
        // The client's side is listened to meanwhile: nobody shakes hands for one who has gone.
        var client = connection.ClientEnd ??= new PlainEnd(connection.Lane.Open(connection, connection.Client));
        client.Socket.Attach();
        session.Socket.Attach();
        var due = connection.Lane.Now + connection.Lane.ToTimestamp(encryption.HandshakeTimeout);
        var handshake = new WatchedHandshake(connection, session, due, client);
        HandshakeResult result;
        using (connection.Lane.Watch(connection, handshake))
        {
            result = await handshake.RunAsync();
        }

        switch (result.Status)
        {
            case HandshakeStatus.Success:
                return ConnectStatus.Connected;
            case HandshakeStatus.Aborted:
                return handshake.IsClientGone ? ConnectStatus.ClientGone : handshake.HasMovedOn ? ConnectStatus.MovedOn : ConnectStatus.Aborted;
            default:
                LogFailed(destination.ClusterName, destination.Name, destination.Model.Address.ToString(), result.Status.Label(), Advice(result, encryption));
                return ConnectStatus.TlsFailed;
        }
    }

    private static string Advice(HandshakeResult result, ClusterEncryption encryption) => result.Status switch
    {
        HandshakeStatus.TimedOut => $"{result.Words}: more than {encryption.HandshakeTimeout.TotalSeconds} s",
        HandshakeStatus.NotTls => $"{result.Words}. Is this its TLS port",
        HandshakeStatus.PeerGone => $"{result.Words}. Is this its TLS port, and has it a certificate",
        _ => result.Words,
    };

    [LoggerMessage(EventIds.DestinationHandshakeFailed, LogLevel.Information,
        "TLS handshake with {Cluster}/{Destination} ({Address}) failed, {Result}: {Why}.")]
    private partial void LogFailed(string cluster, string destination, string address, string result, string why);
}
