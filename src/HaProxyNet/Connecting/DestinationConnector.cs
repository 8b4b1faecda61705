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

namespace HaProxyNet.Connecting;

/// <summary>Connects to one destination, and prepares what has been connected: the PROXY header, the TLS handshake.</summary>
internal sealed class DestinationConnector(
    HealthReporter health,
    DestinationHandshake handshake,
    LoopDetector loops,
    LoopBreaker breaker,
    OwnTrouble trouble,
    TimeProvider time)
{
    /// <summary>
    /// Tries the addresses of one destination, the one that accepted last first, and reports what was seen. One that does not answer soon
    /// is not waited for: the next one is raced with it, before the next destination (RFC 8305).
    /// </summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectStatus> TryAsync(ProxyConnection connection, Cluster cluster, Destination destination, Patience patience)
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
            if (status is ConnectStatus.Connected && ConnectRace.Of(connection) is { } race && race.IsAhead())
            {
                connection.DestinationSocket!.Reset();
                connection.DestinationSocket = null;
                status = ConnectStatus.Overtaken;
            }

            var hasAccepted = status is ConnectStatus.Connected;
            if (hasAccepted)
            {
                destination.AcceptTimes.Add(time.GetElapsedTime(started, connection.Lane.Now));
                breaker.OnAccepted(connection, order[i]);
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
                    ConnectRace.Enter(connection, new SlowAttempt(tries, order[i], started, time, hasAccepted));
                    break;
                case ConnectStatus.Overtaken when await IsTakenAsync(connection, cluster, isTriedAgain: true):
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

    /// <summary>
    /// Whether the attempt that has overtaken the current one can be used: the connection takes it, and its destination may have to be
    /// prepared.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="isTriedAgain">The current one is tried again if it cannot.</param>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<bool> IsTakenAsync(ProxyConnection connection, Cluster cluster, bool isTriedAgain)
    {
        if (ConnectRace.Of(connection)?.TryTake() is not { } winner)
        {
            return false;
        }

        if (winner.HasAccepted || !cluster.Plan.IsPrepared)
        {
            return true;
        }

        var patience = Patience.With(winner.Destination, cluster.Plan.Hedge);
        var status = await PrepareAsync(connection, cluster, winner.Destination, patience.Handshake);
        if (status is ConnectStatus.Slow)
        {
            // It accepts and does not shake hands.
            ConnectRace.Enter(connection, winner.WithAccept());
            if (isTriedAgain)
            {
                cluster.FallThroughs.Add(winner.Destination.Name, connection.Destination!.Name, status.Label());
            }
        }
        else if (status is ConnectStatus.TlsFailed or ConnectStatus.Reset)
        {
            winner.Report(status);
            cluster.FallThroughs.Add(winner.Destination.Name, connection.Destination!.Name, status.Label());
        }

        return status is ConnectStatus.Connected;
    }

    /// <summary>
    /// Whether nobody waits for an answer any more. What a TLS session has read ahead is not in the socket: there only a reset tells.
    /// </summary>
    public static bool IsClientGone(ProxyConnection connection)
        => connection.ClientEnd is { } client ? client.Socket.HasFailed : connection.Lane.IsClientGone(connection);

    /// <summary>Notes that a destination is connected, and at which address.</summary>
    public static void Connected(ProxyConnection connection, Destination destination, IPEndPoint address, TimeSpan took)
    {
        connection.ConnectedAt = connection.Lane.Now;
        destination.PreferredAddress = address;
        destination.Connects.Connected(took);
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

        if (status is not ConnectStatus.Connected || plan.Encryption is not { } encryption)
        {
            return status;
        }

        // The connects that go on are let go: while it shakes hands, what they connect would have nobody to take it.
        ConnectRace.Of(connection)?.LetConnectsGo(destination);
        return await handshake.RunAsync(connection, cluster, encryption, destination, patience);
    }
}
