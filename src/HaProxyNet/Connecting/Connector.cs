using System.Runtime.CompilerServices;
using HaProxyNet.Closing;
using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Connecting;

/// <summary>
/// Gets a connection its destination: tries the candidates in order, within the client's own connection, until one accepts. Not one byte
/// of the client has been given to a destination before this ends, so going on to the next one can repeat nothing.
/// </summary>
internal sealed class Connector(HealthReporter health, TimeProvider time)
{
    /// <summary>
    /// Returns <see cref="ConnectionOutcome.None"/> with the connection's destination set, or the outcome when there is none to be had.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectionOutcome> ConnectAsync(ProxyConnection connection, Cluster cluster, Destination[] candidates)
    {
        var failure = ConnectStatus.Pending;
        Destination? failed = null;
        foreach (var destination in candidates)
        {
            if (failed is not null)
            {
                if (connection.Lane.IsClientGone(connection))
                {
                    return ConnectionOutcome.ClientAborted;
                }

                cluster.FallThroughs.Add(failed.Name, destination.Name, failure.Label());
            }

            failure = await TryAsync(connection, cluster, destination);
            switch (failure)
            {
                case ConnectStatus.Connected:
                    connection.Destination = destination;
                    connection.Reason = Reason(destination, afterFailure: failed is not null);
                    return ConnectionOutcome.None;
                case ConnectStatus.ClientGone:
                    return ConnectionOutcome.ClientAborted;
                case ConnectStatus.Aborted:
                    return connection.AbortRequest;
                default:
                    failed = destination;
                    break;
            }
        }

        return connection.Lane.IsClientGone(connection) ? ConnectionOutcome.ClientAborted : ConnectionOutcome.NoDestination;
    }

    private static string Reason(Destination destination, bool afterFailure)
        => afterFailure ? "fall_through" : destination.Model.Preference == 0 ? "preferred" : "preferred_down";

    /// <summary>Tries the addresses of one destination in order, and reports what was seen.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> TryAsync(ProxyConnection connection, Cluster cluster, Destination destination)
    {
        var status = ConnectStatus.Unresolved;
        var began = connection.Lane.Now;
        foreach (var address in destination.Addresses)
        {
            connection.Attempts++;
            status = await connection.Lane.ConnectAsync(connection, address, cluster.Plan.ConnectTimeout);
            if (status is ConnectStatus.Connected)
            {
                connection.ConnectedAt = connection.Lane.Now;
                destination.Connects.Connected(time.GetElapsedTime(began, connection.ConnectedAt));
                health.Report(cluster, destination, Evidence.Accepted);
                return status;
            }

            if (status is ConnectStatus.ClientGone or ConnectStatus.Aborted)
            {
                return status;
            }

            destination.Connects.Failed(status);
        }

        if (status.IsEvidence())
        {
            health.Report(cluster, destination, Evidence.Failed(status.Label(), time.GetElapsedTime(began)));
        }

        return status;
    }
}
