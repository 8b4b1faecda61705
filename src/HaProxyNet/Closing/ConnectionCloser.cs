using HaProxyNet.Relaying;
using HaProxyNet.Transport;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Closing;

/// <summary>The end of every connection: sockets, counters, the one log line, and the lane's list.</summary>
internal sealed partial class ConnectionCloser(TimeProvider time, ILogger<ConnectionLog> logger)
{
    /// <summary>Ends a connection that had no destination: the client is reset, never left hanging.</summary>
    public void CloseUnconnected(ProxyConnection connection, ConnectionOutcome outcome)
    {
        connection.Client.Reset();
        connection.Destination = null;
        Finish(connection, new RelayResult(outcome, RelaySide.Client, 0, 0));
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
            connection.Listener.Unconnected.EndUnconnected(result.Outcome);
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
        var connectMs = connection.ConnectedAt == 0 ? 0 : time.GetElapsedTime(connection.AcceptedAt, connection.ConnectedAt).TotalMilliseconds;
        LogClosed(
            connection.Listener.Name,
            connection.Client.RemoteEndPoint.ToString(),
            connection.Cluster?.Name ?? "",
            connection.Destination?.Name ?? "",
            connection.Attempts,
            connection.Reason,
            Math.Round(connectMs, 3),
            Math.Round(time.GetElapsedTime(connection.AcceptedAt).TotalMilliseconds, 3),
            result.BytesIn,
            result.BytesOut,
            result.Outcome.Label(),
            result.Outcome.ClosedBy(result.FirstFin));
    }

    [LoggerMessage(Telemetry.EventIds.ConnectionClosed, LogLevel.Information,
        "listener={Listener} client={Client} cluster={Cluster} destination={Destination} attempts={Attempts} reason={Reason} "
        + "connect_ms={ConnectMs} duration_ms={DurationMs} bytes_in={BytesIn} bytes_out={BytesOut} outcome={Outcome} closed_by={ClosedBy}")]
    private partial void LogClosed(
        string listener, string client, string cluster, string destination, int attempts, string reason,
        double connectMs, double durationMs, long bytesIn, long bytesOut, string outcome, string closedBy);
}
