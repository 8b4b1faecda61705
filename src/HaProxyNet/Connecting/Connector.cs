using System.Runtime.CompilerServices;
using HaProxyNet.Connections;
using HaProxyNet.Handshaking;
using HaProxyNet.Health;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// Gets a connection its destination: tries the candidates in order, within the client's own connection, until one accepts. One that does
/// not answer soon is not waited for: it enters the <see cref="ConnectRace"/> of its connection, and the next one is tried. Not one byte of
/// the client has been given to a destination before this ends, so going on to the next one can repeat nothing.
/// </summary>
internal sealed class Connector(
    HealthReporter health,
    DestinationHandshake handshake,
    LoopDetector loops,
    LoopBreaker breaker,
    OwnTrouble trouble,
    TimeProvider time)
{
    private readonly DestinationConnector _destinations = new(health, handshake, loops, breaker, trouble, time);

    /// <summary>Null when the connection has its destination; otherwise its end.</summary>
    public ValueTask<ConnectionOutcome?> ConnectAsync(ProxyConnection connection)
        => ConnectAsync(connection, connection.Cluster!.Selector.Select(connection, connection.Cluster.Candidates));

    /// <summary>The same, in an order that is not the cluster's alone to say.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<ConnectionOutcome?> ConnectAsync(ProxyConnection connection, Destination[] candidates)
    {
        var cluster = connection.Cluster!;
        var end = await TryAllAsync(connection, cluster, candidates);
        cluster.Service.Note(end, connection.Lane.Now);
        if (end is null)
        {
            connection.Destination!.Waits.Add(time.GetElapsedTime(connection.AcceptedAt, connection.Lane.Now));
            if (!ReferenceEquals(connection.Destination, candidates[0]))
            {
                cluster.Selector.WentOn(connection, connection.Destination);
            }
        }

        if (ConnectRace.Of(connection) is { } race)
        {
            connection.Race = null;
            race.LetGo(isTaken: end is null);
        }

        return end;
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome?> TryAllAsync(ProxyConnection connection, Cluster cluster, Destination[] candidates)
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
                if (DestinationConnector.IsClientGone(connection))
                {
                    return ConnectionOutcome.ClientAborted;
                }

                cluster.FallThroughs.Add(last.Name, candidates[i].Name, status.Label());
            }

            // The last candidate has nobody to be hedged with.
            var patience = i + 1 < candidates.Length ? Patience.With(candidates[i], cluster.Plan.Hedge) : default;
            var isHedge = connection.Race is { IsOpen: true };
            status = await _destinations.TryAsync(connection, cluster, candidates[i], patience);
            last = candidates[i];
            if (IsOver(status))
            {
                return Conclude(connection, last, slow, status, isFirst ? null : isHedge ? ChoiceReason.Hedge : ChoiceReason.FallThrough);
            }

            slow ??= status is ConnectStatus.Slow ? last : null;
        }

        while (ConnectRace.Of(connection) is { IsOpen: true } race)
        {
            status = await race.WaitAsync();
            var isOver = status is ConnectStatus.Overtaken
                ? await _destinations.IsTakenAsync(connection, cluster, isTriedAgain: false)
                : IsOver(status);
            if (isOver)
            {
                return Conclude(connection, candidates[^1], slow, status, reason: null);
            }

            if (status is not ConnectStatus.Overtaken && !race.IsOpen)
            {
                return ConnectionOutcome.NoDestination;
            }
        }

        return connection.AbortRequest is not ConnectionOutcome.None and var asked ? asked
            : DestinationConnector.IsClientGone(connection) ? ConnectionOutcome.ClientAborted
            : ConnectionOutcome.NoDestination;
    }

    /// <summary>Whether an attempt that ended in this way leaves nothing more to try.</summary>
    private static bool IsOver(ConnectStatus status)
        => status is ConnectStatus.Connected or ConnectStatus.Overtaken or ConnectStatus.ClientGone or ConnectStatus.Aborted;

    /// <summary>
    /// Gives the connection its destination, and returns null; or returns the outcome that the last attempt's end is for it.
    /// </summary>
    private static ConnectionOutcome? Conclude(
        ProxyConnection connection, Destination tried, Destination? slow, ConnectStatus status, ChoiceReason? reason)
    {
        if (status is ConnectStatus.ClientGone or ConnectStatus.Aborted)
        {
            return status is ConnectStatus.ClientGone ? ConnectionOutcome.ClientAborted : connection.AbortRequest;
        }

        if (status is ConnectStatus.Overtaken)
        {
            var winner = ConnectRace.Of(connection)!.Taken!;
            DestinationConnector.Connected(connection, winner.Destination, winner.Address, winner.Took);
            winner.ReportTaken();
            (tried, reason) = (winner.Destination, null);
        }

        connection.Destination = tried;
        connection.Reason = reason ?? FirstChoice.Explain(connection.Cluster!, tried);
        if (slow is not null)
        {
            connection.Cluster!.Hedges.Count(preferredWon: ReferenceEquals(tried, slow));
        }

        return null;
    }
}
