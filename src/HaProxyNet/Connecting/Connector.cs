using System.Net;
using System.Runtime.CompilerServices;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Connections;
using HaProxyNet.Handshaking;
using HaProxyNet.Health;
using HaProxyNet.Introducing;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// Gets a connection its destination: tries the candidates in order, within the client's own connection, until one accepts. One that does
/// not answer soon is not waited for: the next one is tried as well, and the first to accept is taken. Not one byte of the client has
/// been given to a destination before this ends, so going on to the next one can repeat nothing.
/// </summary>
internal sealed class Connector(
    HealthReporter health,
    DestinationHandshake handshake,
    LoopDetector loops,
    OwnTrouble trouble,
    TimeProvider time)
{
    /// <summary>
    /// Returns <see cref="ConnectionOutcome.None"/> with the connection's destination set, or the outcome when none is available.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectionOutcome> ConnectAsync(ProxyConnection connection, Cluster cluster, Destination[] candidates)
    {
        var outcome = await TryAllAsync(connection, cluster, candidates);
        cluster.Service.Note(outcome, connection.Lane.Now);
        if (outcome is ConnectionOutcome.None)
        {
            connection.Destination!.Waits.Add(time.GetElapsedTime(connection.AcceptedAt, connection.Lane.Now));
        }

        if (outcome is ConnectionOutcome.None && !ReferenceEquals(connection.Destination, candidates[0]))
        {
            cluster.Selector.WentOn(connection, connection.Destination!);
        }

        OtherAttempts.LetGo(connection, isTaken: outcome is ConnectionOutcome.None);
        return outcome;
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome> TryAllAsync(ProxyConnection connection, Cluster cluster, Destination[] candidates)
    {
        var status = ConnectStatus.Pending;
        Destination? last = null, slow = null;
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
            var patience = i + 1 < candidates.Length ? Patience.With(candidates[i], cluster.Plan.Hedge) : default;
            var isHedge = OtherAttempts.AreUnderWay(connection);
            status = await TryAsync(connection, cluster, candidates[i], patience);
            last = candidates[i];
            if (EndOf(
                connection, candidates[i], status, isFirst ? null : isHedge ? ChoiceReason.Hedge : ChoiceReason.FallThrough) is { } end)
            {
                OtherAttempts.CountHedge(connection, slow, end);
                return end;
            }

            slow ??= status is ConnectStatus.Slow ? last : null;
        }

        while (OtherAttempts.AreUnderWay(connection))
        {
            status = connection.HasSlowAttempts
                ? await connection.Lane.WaitForSlowAsync(connection)
                : await connection.Handshakes!.WaitAsync();
            var isOver = status switch
            {
                ConnectStatus.Overtaken => await IsPreparedAsync(connection, cluster),
                ConnectStatus.ClientGone or ConnectStatus.Aborted => true,
                _ => !OtherAttempts.AreLeft(connection),
            };
            if (isOver)
            {
                var end = EndOf(connection, candidates[^1], status, reason: null) ?? ConnectionOutcome.NoDestination;
                OtherAttempts.CountHedge(connection, slow, end);
                return end;
            }
        }

        return connection.AbortRequest is not ConnectionOutcome.None and var asked ? asked
            : IsClientGone(connection) ? ConnectionOutcome.ClientAborted
            : ConnectionOutcome.NoDestination;
    }

    /// <summary>
    /// Whether nobody waits for an answer any more. What a TLS session has read ahead is not in the socket: there only a reset tells.
    /// </summary>
    private static bool IsClientGone(ProxyConnection connection)
        => connection.ClientEnd is { } client ? client.Socket.HasFailed : connection.Lane.IsClientGone(connection);

    /// <summary>Whether the slow attempt that has overtaken the current one can be used: its destination may have to be prepared.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> IsPreparedAsync(ProxyConnection connection, Cluster cluster)
    {
        if (!cluster.Plan.IsPrepared)
        {
            return true;
        }

        if (connection.Handshakes?.TryTake() ?? false)
        {
            return true;
        }

        if (connection.DestinationSocket is null)
        {
            return false;
        }

        var winner = (SlowAttempt)connection.Winner!;
        var status = await PrepareAsync(connection, cluster, winner.Destination, TimeSpan.Zero);
        if (status is ConnectStatus.TlsFailed or ConnectStatus.Reset)
        {
            winner.Report(status);
            connection.Cluster!.FallThroughs.Add(winner.Destination.Name, connection.Destination!.Name, status.Label());
        }

        return status is ConnectStatus.Connected;
    }

    /// <summary>
    /// What goes to a destination that has accepted, before the client's first byte: the PROXY header, then the TLS handshake.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> PrepareAsync(
        ProxyConnection connection,
        Cluster cluster,
        Destination destination,
        TimeSpan patience)
    {
        var (plan, status) = (cluster.Plan, ConnectStatus.Connected);
        if (plan.SendProxyProtocol is not ProxyProtocolVersion.None)
        {
            status = HeaderSender.Send(connection, plan.SendProxyProtocol);
        }

        return status is ConnectStatus.Connected && plan.Encryption is { } encryption
            ? await SecureAsync(connection, cluster, encryption, destination, patience)
            : status;
    }

    /// <summary>
    /// Shakes hands with the destination that has accepted. The other attempts are let go: their sockets would have nobody to take them.
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> SecureAsync(
        ProxyConnection connection, Cluster cluster, ClusterEncryption encryption, Destination destination, TimeSpan patience)
    {
        OtherAttempts.LetConnectsGo(connection, isTaken: true);
        return await handshake.RunAsync(connection, cluster, encryption, destination, patience);
    }

    /// <summary>The outcome that an attempt's end is for the connection; none when the next candidate is to be tried.</summary>
    private static ConnectionOutcome? EndOf(ProxyConnection connection, Destination tried, ConnectStatus status, ChoiceReason? reason)
    {
        switch (status)
        {
            case ConnectStatus.Connected:
                return Take(connection, tried, reason ?? FirstChoice.Explain(connection.Cluster!, tried));
            case ConnectStatus.Overtaken:
                var winner = (SlowAttempt)connection.Winner!;
                Connected(connection, winner.Destination, winner.Address, winner.Took);
                winner.Taken();
                return Take(connection, winner.Destination, FirstChoice.Explain(connection.Cluster!, winner.Destination));
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

    private static void Connected(ProxyConnection connection, Destination destination, IPEndPoint address, TimeSpan took)
    {
        connection.ConnectedAt = connection.Lane.Now;
        destination.PreferredAddress = address;
        destination.Connects.Connected(took);
    }

    /// <summary>
    /// Tries the addresses of one destination, the one that accepted last first, and reports what was seen. One that does not answer soon
    /// is not waited for: the next one is raced with it, before the next destination (RFC 8305).
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectStatus> TryAsync(ProxyConnection connection, Cluster cluster, Destination destination, Patience patience)
    {
        var began = connection.Lane.Now;
        var order = AddressOrder.Of(destination);
        if (order.Count == 0)
        {
            health.Report(cluster, destination, AttemptEvidence.Failed(ConnectStatus.Unresolved, TimeSpan.Zero));
            return ConnectStatus.Unresolved;
        }

        var status = ConnectStatus.Pending;
        AddressTries? tries = null;
        for (var i = 0; i < order.Count; i++)
        {
            connection.Destination = destination;
            connection.CountAttempt();
            var started = connection.Lane.Now;
            var soon = i + 1 < order.Count ? patience.BeforeNextAddress() : patience;
            status = loops.LeadsBack(cluster, order[i])
                ? ConnectStatus.Loop
                : await connection.Lane.ConnectAsync(connection, order[i], cluster.Plan.ConnectTimeout, soon.Accept);
            var hasAccepted = status is ConnectStatus.Connected;
            if (hasAccepted)
            {
                destination.AcceptTimes.Add(time.GetElapsedTime(started, connection.Lane.Now));
            }

            if (hasAccepted && cluster.Plan.IsPrepared)
            {
                status = await PrepareAsync(connection, cluster, destination, soon.Handshake);
            }

            switch (status)
            {
                case ConnectStatus.Connected:
                    Connected(connection, destination, order[i], time.GetElapsedTime(began, connection.Lane.Now));
                    health.Report(cluster, destination, AttemptEvidence.Taken(cluster));
                    return status;
                case ConnectStatus.Slow:
                    tries ??= new AddressTries(health, cluster, destination, order.Count);
                    OtherAttempts.Keep(connection, new SlowAttempt(tries, order[i], started, time, hasAccepted), hasAccepted);
                    break;
                case ConnectStatus.Overtaken when await IsPreparedAsync(connection, cluster):
                case ConnectStatus.ClientGone or ConnectStatus.Aborted:
                    return status;
                case ConnectStatus.Overtaken:
                    // The one that was overtaken has not failed: it is tried again.
                    if (IsClientGone(connection))
                    {
                        return ConnectStatus.ClientGone;
                    }

                    i--;
                    break;
                default:
                    if (status.IsOwnTrouble())
                    {
                        trouble.Report(status, destination);
                    }

                    destination.Connects.Failed(status);
                    tries ??= new AddressTries(health, cluster, destination, order.Count);
                    tries.Failed(status, time.GetElapsedTime(began));
                    break;
            }

            if (status is ConnectStatus.MovedOn)
            {
                // It went down: its other addresses are not tried either.
                return status;
            }
        }

        return status;
    }
}
