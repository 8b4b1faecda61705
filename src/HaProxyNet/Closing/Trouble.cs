using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Telemetry.Troubles;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Closing;

/// <summary>What is kept of a connection that did not end in order.</summary>
internal static class Trouble
{
    /// <summary>What its client felt; null: it went away by itself, before anything was sent on for it.</summary>
    public static TroubledConnection? Of(ProxyConnection connection, in RelayResult result, TimeProvider time)
    {
        var isConnected = connection.OpenIn is not null;
        var isUnknown = isConnected && result.BytesIn > 0;
        if (!isUnknown && result.Outcome is ConnectionOutcome.ClientAborted or ConnectionOutcome.ClientReset)
        {
            return null;
        }

        var wait =
            isConnected ? time.GetElapsedTime(connection.AcceptedAt, connection.ConnectedAt) : time.GetElapsedTime(connection.AcceptedAt);
        return new TroubledConnection(
            time.GetUtcNow(),
            connection.ClientEndPoint.ToString(),
            connection.Listener.Name,
            connection.Cluster?.Name ?? "",
            connection.Destination?.Name ?? "",
            result.Outcome.Label(),
            result.BytesIn,
            result.BytesOut,
            LoggedMilliseconds.Of(wait).Value,
            LoggedMilliseconds.Of(time.GetElapsedTime(connection.AcceptedAt)).Value)
        {
            IsUnknown = isUnknown,
            AckedIn = result.AckedIn >= 0 ? result.AckedIn : null,
            AckedOut = result.AckedOut >= 0 ? result.AckedOut : null,
        };
    }
}
