using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Telemetry.Troubles;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Closing;

/// <summary>The end of every connection: sockets, counters, the one log line, and the lane's list.</summary>
internal sealed partial class ConnectionCloser(TimeProvider time, ILogger<ConnectionLog> logger, TroubleFeed? troubles = null)
{
    private static readonly EventId _closed = new(Vocabulary.EventIds.ConnectionClosed, "LogClosed");

    /// <summary>Ends a connection that had no destination: the client is reset, never left hanging.</summary>
    public void CloseUnconnected(ProxyConnection connection, ConnectionOutcome outcome)
    {
        if (connection.Refusal is not RefusalReason.None and var refusal)
        {
            Refuse(connection, refusal);
            return;
        }

        // One that has ended before it was routed is counted in the cluster that it would have had.
        connection.Cluster ??= connection.Plan.ClusterOf(connection.ServerName);
        connection.Client.Reset();
        connection.Destination = null;
        Finish(connection, new RelayResult(outcome, RelaySide.Client, 0, 0));
    }

    /// <summary>Ends a connection that was let in and that a later stage refuses: it counts as refused, not as ended.</summary>
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
        LogRefused(
            connection.Listener.Name,
            connection.ClientEndPoint,
            connection.Client.RemoteEndPoint,
            reason.Label(),
            connection.ServerName ?? "none",
            connection.TlsVersion ?? "",
            connection.Number);
        connection.OnClosed();
    }

    /// <summary>Ends a connection after its relay, which has shut or reset both sockets.</summary>
    public void CloseRelayed(ProxyConnection connection, in RelayResult result) => Finish(connection, result);

    /// <summary>
    /// Ends the use of a destination, or the search for one, for a client that stays connected: it counts, and is logged, as a connection
    /// is.
    /// </summary>
    public void EndLeg(ProxyConnection connection, in RelayResult result)
    {
        if (connection.OpenIn is null)
        {
            // The last one that was tried has not accepted.
            connection.Destination = null;
        }

        Account(connection, result);
        connection.OpenIn = null;
        connection.DestinationEnd = null;
        connection.DestinationSocket = null;
        connection.ConnectedAt = 0;
        connection.Destination = null;
    }

    /// <summary>Ends a client's connection whose legs have ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="result">How it ended, where it had no leg.</param>
    /// <param name="isCounted">It has had one: that was counted and logged.</param>
    public void CloseForwarded(ProxyConnection connection, in RelayResult result, bool isCounted)
    {
        if (!connection.TryClose())
        {
            return;
        }

        if (!isCounted)
        {
            Account(connection, result);
        }

        Remove(connection);
    }

    /// <summary>
    /// Forgets a connection that another process goes on with: it has not ended, and is counted and logged there when it does.
    /// </summary>
    public static void HandOver(ProxyConnection connection)
    {
        if (connection.TryClose())
        {
            connection.OpenIn?.HandOver();
            connection.Lane.Remove(connection);
            connection.Listener.Leave();
            connection.OnClosed();
        }
    }

    /// <summary>Ends a connection whose life was cut by a fault of the proxy itself.</summary>
    public void CloseFaulted(ProxyConnection connection)
    {
        connection.Client.Reset();
        connection.DestinationSocket?.Reset();
        Finish(connection, new RelayResult(ConnectionOutcome.InternalError, RelaySide.Client, 0, 0));
    }

    private void Finish(ProxyConnection connection, in RelayResult result)
    {
        if (connection.TryClose())
        {
            Account(connection, result);
            Remove(connection);
        }
    }

    private static void Remove(ProxyConnection connection)
    {
        connection.Lane.Remove(connection);
        connection.Listener.Leave();
        connection.OnClosed();
    }

    private void Account(ProxyConnection connection, in RelayResult result)
    {
        if (connection.OpenIn is { } traffic)
        {
            traffic.Close(result.Outcome, result.BytesIn, result.BytesOut);
        }
        else
        {
            connection.Listener.Unconnected(connection.Cluster).EndUnconnected(result.Outcome);
        }

        if (result.Outcome is ConnectionOutcome.Completed)
        {
            connection.Destination?.Calls.Add(time.GetElapsedTime(connection.ConnectedAt));
        }
        else if (Trouble.Of(connection, result, time) is { } trouble)
        {
            troubles?.Add(trouble);
        }

        if (logger.IsEnabled(LogLevel.Information))
        {
            LogAlerts(connection);
            Log(connection, result);
        }
    }

    /// <summary>
    /// A peer that has ended its session by an alert has said why: with TLS 1.3 that it does not take our certificate, too.
    /// </summary>
    private void LogAlerts(ProxyConnection connection)
    {
        if (connection.DestinationEnd?.Alert is { } ofDestination)
        {
            var advice = TlsAlerts.IsAboutCertificate(ofDestination)
                ? "it does not take our client certificate, or wants one; look at the cluster's Tls.Certificate, and at what the agent "
                    + "trusts"
                : "look at its own log";
            LogDestinationAlert(
                connection.Cluster?.Name ?? "",
                connection.Destination?.Name ?? "",
                connection.ClientEndPoint,
                ofDestination,
                advice,
                connection.Number);
        }

        if (connection.ClientEnd?.Alert is { } ofClient)
        {
            LogClientAlert(connection.Listener.Name, connection.ClientEndPoint, ofClient, connection.Number);
        }
    }

    private void Log(ProxyConnection connection, in RelayResult result)
    {
        logger.Log(
            LogLevel.Information,
            _closed,
            new ClosedConnection
            {
                Fields = ConnectionFields.Of(connection, time, time.GetTimestamp(), result.BytesIn, result.BytesOut),
                Outcome = result.Outcome.Label(),
                ClosedBy = result.Outcome.ClosedBy(result.By),
                ClosedWith = result.Outcome.ClosedWith(),
                Connection = connection.Number,
                IsFollowed = connection.Plan.Follow.IsOn,
                AckedIn = result.AckedIn,
                AckedOut = result.AckedOut,
                TlsVersion = connection.TlsVersion,
                ServerName = connection.ServerName,
                Peer = connection.Introduced is null ? null : connection.Client.Peer,
                TlsAlert = connection.DestinationEnd?.Alert ?? connection.ClientEnd?.Alert,
            },
            exception: null,
            static (closed, _) => closed.ToString());
    }

    [LoggerMessage(Vocabulary.EventIds.DestinationAlert, LogLevel.Information,
        "{Cluster}/{Destination} ended the TLS session for the client {Client} by the alert {Alert}: {Advice}.")]
    private partial void LogDestinationAlert(
        string cluster,
        string destination,
        System.Net.IPEndPoint client,
        string alert,
        string advice,
        ConnectionNumber connection);

    [LoggerMessage(Vocabulary.EventIds.ClientAlert, LogLevel.Information,
        "The client {Client} of {Listener} ended its TLS session by the alert {Alert}.")]
    private partial void LogClientAlert(string listener, System.Net.IPEndPoint client, string alert, ConnectionNumber connection);

    [LoggerMessage(Vocabulary.EventIds.ConnectionRefused, LogLevel.Information,
        "Listener {Listener} refused {Client} (peer {Peer}): {Reason}. Server name: {Sni}, TLS: {TlsVersion}.")]
    private partial void LogRefused(
        string listener,
        System.Net.IPEndPoint client,
        System.Net.IPEndPoint peer,
        string reason,
        string sni,
        string tlsVersion,
        ConnectionNumber connection);
}
