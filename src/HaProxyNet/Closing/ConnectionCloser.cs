using HaProxyNet.Admission;
using HaProxyNet.Connecting;
using HaProxyNet.Relaying;
using HaProxyNet.Transport;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Closing;

/// <summary>The end of every connection: sockets, counters, the one log line, and the lane's list.</summary>
internal sealed partial class ConnectionCloser(TimeProvider time, ILogger<ConnectionLog> logger)
{
    private static readonly EventId _closed = new(Telemetry.EventIds.ConnectionClosed, "LogClosed");

    /// <summary>Ends a connection that had no destination: the client is reset, never left hanging.</summary>
    public void CloseUnconnected(ProxyConnection connection, ConnectionOutcome outcome)
    {
        connection.Client.Reset();
        connection.Destination = null;
        Finish(connection, new RelayResult(outcome, RelaySide.Client, 0, 0));
    }

    /// <summary>Ends a connection that was let in, but for which there is no cluster: it counts as refused, not as ended.</summary>
    public void Refuse(ProxyConnection connection, RefusalReason reason)
    {
        connection.Client.Reset();
        if (!connection.TryClose())
        {
            return;
        }

        connection.Listener.Refused.Add(reason);
        connection.Lane.Remove(connection);
        connection.Listener.Leave();
        LogRefused(connection.Listener.Name, connection.Client.RemoteEndPoint, reason.Label(), connection.ServerName ?? "none", connection.TlsVersion ?? "");
        connection.OnClosed();
    }

    /// <summary>Ends a connection after its relay, which has shut or reset both sockets.</summary>
    public void CloseRelayed(ProxyConnection connection, in RelayResult result) => Finish(connection, result);

    /// <summary>Ends a connection whose life was cut by a fault of the proxy itself.</summary>
    public void CloseFaulted(ProxyConnection connection)
    {
        connection.Client.Reset();
        connection.DestinationSocket?.Reset();
        Finish(connection, new RelayResult(ConnectionOutcome.InternalError, RelaySide.Client, 0, 0));
    }

    private void Finish(ProxyConnection connection, in RelayResult result)
    {
        if (!connection.TryClose())
        {
            return;
        }

        if (connection.OpenIn is { } traffic)
        {
            traffic.Close(result.Outcome, result.BytesIn, result.BytesOut);
        }
        else
        {
            connection.Listener.Unconnected(connection.Cluster).EndUnconnected(result.Outcome);
        }

        connection.Lane.Remove(connection);
        connection.Listener.Leave();
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log(connection, result);
        }

        connection.OnClosed();
    }

    private void Log(ProxyConnection connection, in RelayResult result)
    {
        var connectTime = connection.ConnectedAt == 0 ? TimeSpan.Zero : time.GetElapsedTime(connection.AcceptedAt, connection.ConnectedAt);
        logger.Log(
            LogLevel.Information,
            _closed,
            new ClosedConnection
            {
                Listener = connection.Listener.Name,
                Client = connection.Client.RemoteEndPoint,
                Cluster = connection.Cluster?.Name ?? "",
                Destination = connection.Destination?.Name ?? "",
                Attempts = connection.Attempts,
                Reason = connection.Reason.Label(),
                ConnectMs = LoggedMilliseconds.Of(connectTime),
                DurationMs = LoggedMilliseconds.Of(time.GetElapsedTime(connection.AcceptedAt)),
                BytesIn = result.BytesIn,
                BytesOut = result.BytesOut,
                Outcome = result.Outcome.Label(),
                ClosedBy = result.Outcome.ClosedBy(result.FirstFin),
                TlsVersion = connection.TlsVersion,
                ServerName = connection.ServerName,
            },
            exception: null,
            static (closed, _) => closed.ToString());
    }

    [LoggerMessage(Telemetry.EventIds.ConnectionRefused, LogLevel.Information, "Listener {Listener} refused {Client}: {Reason}. Server name: {Sni}, TLS: {TlsVersion}.")]
    private partial void LogRefused(string listener, System.Net.IPEndPoint client, string reason, string sni, string tlsVersion);
}
