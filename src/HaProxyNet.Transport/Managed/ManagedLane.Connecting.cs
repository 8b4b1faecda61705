using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <content>What happens before the relay: the first bytes, and the attempts to connect.</content>
internal sealed partial class ManagedLane
{
    public override async ValueTask<ConnectStatus> ConnectAsync(LaneConnection connection, IPEndPoint address, TimeSpan timeout, TimeSpan patience)
    {
        var now = Now;
        var hedge = (ManagedHedge?)connection.SlowAttempts;
        var patienceEnds = patience > TimeSpan.Zero && patience < timeout ? now + ToTimestamp(patience) : 0;
        var attempt = new ManagedConnect(
            (ManagedSocket)connection.Client, address, connection.DestinationSilence, now + ToTimestamp(timeout), patienceEnds, isBesideOthers: hedge is not null);
        Begin(connection, attempt);
        hedge?.Begin(attempt);
        if (connection.AbortRequest is not ConnectionOutcome.None)
        {
            attempt.Cancel(ConnectStatus.Aborted);
        }
        else if (connection.IsOvertaken)
        {
            attempt.Cancel(ConnectStatus.Overtaken);
        }

        // Finer than the sweep: a hedge may be due after 25 ms.
        using var alarm = patienceEnds > 0
            ? _time.CreateTimer(static a => ((ManagedConnect)a!).LosePatience(), attempt, patience, Timeout.InfiniteTimeSpan)
            : null;
        var (status, socket) = await attempt.RunAsync();
        if (status is ConnectStatus.Slow)
        {
            // The attempt stays where it is until the caller has named it.
            return status;
        }

        connection.Activity = null;
        attempt.Dispose();
        if (hedge is not null && status is ConnectStatus.Connected or ConnectStatus.Overtaken && Take(connection, hedge))
        {
            if (status is ConnectStatus.Connected)
            {
                ManagedSocket.ResetAndDispose(socket!);
            }

            return ConnectStatus.Overtaken;
        }

        if (status is ConnectStatus.Connected)
        {
            ManagedConnect.AnswerAtOnce(socket!);
            connection.DestinationSocket = new ManagedSocket(socket!);
        }

        return status;
    }

    public override void KeepSlow(LaneConnection connection, ISlowAttempt attempt)
    {
        var connect = (ManagedConnect)connection.Activity!;
        connection.Activity = null;
        var hedge = (ManagedHedge)(connection.SlowAttempts ??= new ManagedHedge(_time, (ManagedSocket)connection.Client));
        var left = _time.GetElapsedTime(Now, Math.Max(connect.Due, Now));
        hedge.Add(connect, attempt, left);
    }

    public override async ValueTask<ConnectStatus> WaitForSlowAsync(LaneConnection connection)
    {
        var hedge = (ManagedHedge)connection.SlowAttempts!;
        var waiting = hedge.WaitAsync();
        Begin(connection, hedge);
        if (connection.AbortRequest is not ConnectionOutcome.None)
        {
            hedge.Abort(connection.AbortRequest);
        }
        else if (connection.IsOvertaken)
        {
            hedge.Overtake();
        }

        var status = await waiting;
        connection.Activity = null;
        return status is ConnectStatus.Overtaken && !Take(connection, hedge) && !connection.IsOvertaken ? ConnectStatus.TimedOut : status;
    }

    public override IReadOnlyList<ISlowAttempt> LetSlowGo(LaneConnection connection)
    {
        var hedge = (ManagedHedge)connection.SlowAttempts!;
        connection.SlowAttempts = null;
        return hedge.LetGo();
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
                (connection.SlowAttempts as ManagedHedge)?.GiveUp(target);
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

    /// <summary>Gives the connection what a slow attempt has connected.</summary>
    private static bool Take(LaneConnection connection, ManagedHedge hedge)
    {
        if (hedge.TakeAccepted() is not { } accepted)
        {
            return false;
        }

        ManagedConnect.AnswerAtOnce(accepted.Socket);
        connection.Winner = accepted.Attempt;
        connection.DestinationSocket = new ManagedSocket(accepted.Socket);
        return true;
    }
}
