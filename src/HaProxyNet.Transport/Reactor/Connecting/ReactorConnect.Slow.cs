using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Connecting;

/// <content>
/// An attempt that was not answered soon: it goes on together with the next ones of its connection, and after the connection has let it go,
/// for what its end says about the destination. </content>
internal sealed partial class ReactorConnect
{
    private ISlowAttempt? _slow;

    /// <summary>Names the attempt that has just stepped aside.</summary>
    public static void KeepSlow(LaneConnection connection, ISlowAttempt attempt) => SlowOnes(connection)[^1]._slow = attempt;

    /// <summary>Waits for the slow attempts of a connection alone.</summary>
    public ValueTask<ConnectStatus> WaitForSlowAsync(LaneConnection connection) => Begin(connection);

    /// <summary>Parts the slow attempts of a connection from it.</summary>
    public static IReadOnlyList<ISlowAttempt> LetSlowGo(LaneConnection connection)
    {
        var slow = SlowOnes(connection);
        connection.SlowAttempts = null;
        slow.ForEach(attempt => attempt._connection = null);
        return [.. slow.Select(attempt => attempt._slow!)];
    }

    /// <summary>Ends the slow attempts of a connection that go to a destination which an operator has taken out.</summary>
    public static void GiveUpSlow(LaneConnection connection, object target)
    {
        foreach (var attempt in SlowOnes(connection).FindAll(a => ReferenceEquals(a._slow?.Target, target)))
        {
            attempt.End(ConnectStatus.MovedOn);
        }
    }

    private static List<ReactorConnect> SlowOnes(LaneConnection connection) => (List<ReactorConnect>?)connection.SlowAttempts ?? [];

    /// <summary>Leaves the connection to the next attempt.</summary>
    private void StepAside(LaneConnection connection)
    {
        _timer = lane.StartTimer(this, _deadline);
        ((ReactorSocket)connection.Client).Owner = null;
        connection.Activity = null;
        connection.SlowAttempts ??= new List<ReactorConnect>();
        SlowOnes(connection).Add(this);
        _source.SetResult(ConnectStatus.Slow);
    }

    /// <summary>
    /// Whether an earlier attempt of this connection was accepted too, in the same turn: then that one is taken, for its destination is the
    /// preferred one.
    /// </summary>
    private bool IsLaterThanASlowOne()
    {
        if (_connection?.SlowAttempts is List<ReactorConnect> slow && slow.Find(s => s.IsConnected()) is { } earlier)
        {
            earlier.End(ConnectStatus.Connected);
            return true;
        }

        return false;
    }

    private unsafe bool IsConnected()
    {
        RawAddress peer;
        uint length = RawAddress.Size;
        return Libc.PeerName(_socket!.Descriptor, &peer, &length) == 0 && !_socket.IsConnectedToItself();
    }

    private void EndSlow(ISlowAttempt slow, ConnectStatus status)
    {
        StopTimer();
        var (connection, socket) = (_connection, _socket!);
        (_slow, _connection, _socket) = (null, null, null);
        socket.Owner = null;
        lane.Recycle(this);
        if (connection is not null && status is ConnectStatus.Connected)
        {
            Forget(connection);
            connection.Winner = slow;
            Give(connection, socket);
            ((ReactorConnect)connection.Activity!).Finish(ConnectStatus.Overtaken);
            return;
        }

        socket.Reset();
        slow.Report(status);
        if (connection is not null)
        {
            Forget(connection);
            if (!connection.HasSlowAttempts && connection.Activity is ReactorConnect { _socket: null } waiting)
            {
                waiting.Finish(status);
            }
        }
    }

    private void Forget(LaneConnection connection)
    {
        var slow = SlowOnes(connection);
        slow.Remove(this);
        if (slow.Count == 0)
        {
            connection.SlowAttempts = null;
        }
    }
}
