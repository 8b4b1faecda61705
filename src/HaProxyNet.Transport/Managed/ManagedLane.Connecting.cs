using System.Net;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <content>What happens before the relay: the first bytes, and the attempts to connect.</content>
internal sealed partial class ManagedLane
{
    public override async ValueTask<ConnectStatus> ConnectAsync(
        LaneConnection connection,
        IPEndPoint address,
        TimeSpan timeout,
        TimeSpan patience)
    {
        var now = Now;
        var patienceEnds = patience > TimeSpan.Zero && patience < timeout ? now + ToTimestamp(patience) : 0;
        var attempt = new ManagedConnect(connection, address, ToTimestamp(timeout), patienceEnds, _time);
        Begin(connection, attempt);
        if (connection.AbortRequest is not ConnectionOutcome.None and var asked)
        {
            attempt.Abort(asked);
        }
        else if (connection.IsOvertaken)
        {
            attempt.Overtake();
        }

        // Finer than the sweep: a hedge may be due after 25 ms. Again and again: it may come before the attempt on a machine that is busy.
        using var alarm = patienceEnds > 0
            ? _time.CreateTimer(
                static a =>
                {
                    var (faults, attempt) = ((LaneFaults, ManagedConnect))a!;
                    faults.Contain(LanePlace.Timer, static slow => slow.LosePatience(), attempt);
                },
                (_faults, attempt),
                patience,
                patience)
            : null;
        var status = await attempt.RunAsync();
        connection.Activity = null;
        if (status is ConnectStatus.Slow)
        {
            connection.SteppedAside = attempt;
            return status;
        }

        if (status is ConnectStatus.Connected)
        {
            attempt.Give(connection);
        }

        attempt.Dispose();
        return status;
    }

    public override void Reconsider()
    {
        // The sweep asks each time.
    }

    public override void MoveOn(object target, bool slowToo)
    {
        LaneConnection[] all;
        lock (_gate)
        {
            all = [.. _connections];
        }

        foreach (var connection in all)
        {
            if (slowToo)
            {
                connection.Race?.GiveUp(target);
            }

            if (ReferenceEquals(connection.Target, target))
            {
                connection.Activity?.MoveOn();
            }
        }
    }

    public override async ValueTask<PeekResult> PeekAsync(LaneConnection connection, Memory<byte> into, int beyond, TimeSpan timeout)
    {
        var peek = new ManagedPeek((ManagedSocket)connection.Client, into, beyond, Now + ToTimestamp(timeout), _time);
        Begin(connection, peek);
        if (connection.AbortRequest is not ConnectionOutcome.None)
        {
            peek.Abort(connection.AbortRequest);
        }

        var result = await peek.RunAsync();
        connection.Activity = null;
        return result;
    }
}
