using System.Runtime.CompilerServices;
using HaProxyNet.Closing;
using HaProxyNet.Failover;
using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Connecting;

/// <summary>
/// Gets a connection its destination: tries the candidates in order, within the client's own connection, until one accepts. One that does
/// not answer soon is not waited for: the next one is tried beside it, and the first to accept is taken. Not one byte of the client has been
/// given to a destination before this ends, so going on to the next one can repeat nothing.
/// </summary>
internal sealed class Connector(HealthReporter health, DestinationHandshake handshake, TimeProvider time)
{
    /// <summary>
    /// Returns <see cref="ConnectionOutcome.None"/> with the connection's destination set, or the outcome when there is none to be had.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectionOutcome> ConnectAsync(ProxyConnection connection, Cluster cluster, Destination[] candidates)
    {
        var outcome = await TryAllAsync(connection, cluster, candidates);
        if (outcome is ConnectionOutcome.None && !ReferenceEquals(connection.Destination, candidates[0]))
        {
            cluster.Selector.WentOn(connection, connection.Destination!);
        }

        if (connection.HasSlowAttempts)
        {
            foreach (var attempt in connection.Lane.LetSlowGo(connection))
            {
                if (outcome is ConnectionOutcome.None)
                {
                    attempt.LostTheHedge();
                }
            }
        }

        return outcome;
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome> TryAllAsync(ProxyConnection connection, Cluster cluster, Destination[] candidates)
    {
        var status = ConnectStatus.Pending;
        Destination? last = null;
        for (var i = 0; i < candidates.Length; i++)
        {
            // An operator may have taken it out since the order was worked out.
            if (candidates[i].Maintenance is not Maintenance.None)
            {
                continue;
            }

            var isFirst = last is null;
            if (last is not null)
            {
                if (IsClientGone(connection))
                {
                    return ConnectionOutcome.ClientAborted;
                }

                cluster.FallThroughs.Add(last.Name, candidates[i].Name, status.Label());
            }

            // The last candidate has nobody to be hedged with.
            var patience = i + 1 < candidates.Length ? cluster.Plan.HedgeAfter : TimeSpan.Zero;
            var isHedge = connection.HasSlowAttempts;
            status = await TryAsync(connection, cluster, candidates[i], patience);
            last = candidates[i];
            if (status is ConnectStatus.Overtaken && !await IsSecuredAsync(connection, cluster))
            {
                // The one that was overtaken has not failed: it is tried again.
                (last, status) = (connection.Winner!.Destination, ConnectStatus.TlsFailed);
                i--;
            }
            else if (EndOf(connection, candidates[i], status, isFirst ? null : isHedge ? ChoiceReason.Hedge : ChoiceReason.FallThrough) is { } end)
            {
                return end;
            }
        }

        while (connection.HasSlowAttempts)
        {
            status = await connection.Lane.WaitForSlowAsync(connection);
            if (status is not ConnectStatus.Overtaken || await IsSecuredAsync(connection, cluster))
            {
                return EndOf(connection, candidates[^1], status, reason: null) ?? ConnectionOutcome.NoDestination;
            }
        }

        return connection.AbortRequest is not ConnectionOutcome.None and var asked ? asked
            : IsClientGone(connection) ? ConnectionOutcome.ClientAborted
            : ConnectionOutcome.NoDestination;
    }

    /// <summary>Whether nobody waits for an answer any more. What a TLS session has read ahead is not in the socket: there only a reset tells.</summary>
    private static bool IsClientGone(ProxyConnection connection)
        => connection.ClientEnd is { } client ? client.Socket.HasFailed : connection.Lane.IsClientGone(connection);

    /// <summary>Whether the slow attempt that has overtaken the current one can be used: its destination may have to be spoken to with TLS.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> IsSecuredAsync(ProxyConnection connection, Cluster cluster)
    {
        if (cluster.Plan.Encryption is not { } encryption)
        {
            return true;
        }

        var winner = connection.Winner!;
        var status = await SecureAsync(connection, cluster, encryption, winner.Destination);
        if (status is ConnectStatus.TlsFailed)
        {
            winner.Report(status);
        }

        return status is ConnectStatus.Connected;
    }

    /// <summary>Shakes hands with the destination that has accepted. The attempts beside it are let go: their sockets would have nobody to take them.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> SecureAsync(ProxyConnection connection, Cluster cluster, ClusterEncryption encryption, Destination destination)
    {
        if (connection.HasSlowAttempts)
        {
            foreach (var attempt in connection.Lane.LetSlowGo(connection))
            {
                attempt.LostTheHedge();
            }
        }

        return await handshake.RunAsync(connection, cluster, encryption, destination);
    }

    /// <summary>The outcome that an attempt's end is for the connection; none when the next candidate is to be tried.</summary>
    private static ConnectionOutcome? EndOf(ProxyConnection connection, Destination tried, ConnectStatus status, ChoiceReason? reason)
    {
        switch (status)
        {
            case ConnectStatus.Connected:
                return Take(connection, tried, reason ?? ChoiceReasons.Of(connection.Cluster!, tried));
            case ConnectStatus.Overtaken:
                var winner = connection.Winner!;
                Connected(connection, winner.Destination, winner.Took);
                winner.Taken();
                return Take(connection, winner.Destination, ChoiceReasons.Of(connection.Cluster!, winner.Destination));
            case ConnectStatus.ClientGone:
                return ConnectionOutcome.ClientAborted;
            case ConnectStatus.Aborted:
                return connection.AbortRequest;
            default:
                return null;
        }
    }

    private static ConnectionOutcome Take(ProxyConnection connection, Destination destination, ChoiceReason reason)
    {
        connection.Destination = destination;
        connection.Reason = reason;
        return ConnectionOutcome.None;
    }

    private static void Connected(ProxyConnection connection, Destination destination, TimeSpan took)
    {
        connection.ConnectedAt = connection.Lane.Now;
        destination.Connects.Connected(took);
    }

    /// <summary>Tries the addresses of one destination in order, and reports what was seen.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> TryAsync(ProxyConnection connection, Cluster cluster, Destination destination, TimeSpan patience)
    {
        var (status, scope) = (ConnectStatus.Unresolved, EvidenceScope.Accept);
        var began = connection.Lane.Now;
        var addresses = destination.Addresses;
        connection.Destination = destination;
        for (var i = 0; i < addresses.Length; i++)
        {
            connection.CountAttempt();
            status = await connection.Lane.ConnectAsync(connection, addresses[i], cluster.Plan.ConnectTimeout, patience);
            if (status is ConnectStatus.Connected && cluster.Plan.Encryption is { } encryption)
            {
                status = await SecureAsync(connection, cluster, encryption, destination);
            }

            switch (status)
            {
                case ConnectStatus.Connected:
                    Connected(connection, destination, time.GetElapsedTime(began, connection.Lane.Now));
                    health.Report(cluster, destination, AttemptEvidence.Taken(cluster));
                    return status;
                case ConnectStatus.Slow:
                    connection.Lane.KeepSlow(connection, new SlowAttempt(health, cluster, destination, began, i == addresses.Length - 1, time));
                    return status;
                case ConnectStatus.ClientGone or ConnectStatus.Aborted or ConnectStatus.Overtaken:
                    return status;
                default:
                    scope |= status.Scope();
                    destination.Connects.Failed(status);
                    break;
            }
        }

        if (status.IsEvidence())
        {
            health.Report(cluster, destination, AttemptEvidence.Failed(status, time.GetElapsedTime(began)) with { Scope = scope });
        }

        return status;
    }
}
