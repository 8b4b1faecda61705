using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Connecting;

/// <content>An attempt that was not answered soon: it goes on by itself. Its object serves no other attempt after that.</content>
internal sealed partial class ReactorConnect
{
    private Action<ConnectAttempt>? _then;
    private ConnectStatus _end;
    private bool _isAlone;

    public override ConnectStatus Status => _end;

    public override void GoOn(Action<ConnectAttempt> then) => _then = then;

    public override bool TryFinish()
    {
        if (_end is not ConnectStatus.Pending || !IsConnected())
        {
            return false;
        }

        EndAlone(ConnectStatus.Connected);
        return true;
    }

    public override void GiveUp()
    {
        if (_end is ConnectStatus.Pending)
        {
            EndAlone(ConnectStatus.MovedOn);
        }
    }

    public override void Give(LaneConnection connection) => Give(connection, _socket!);

    public override void Discard() => _socket?.Reset();

    /// <summary>Leaves the connection to the next attempt.</summary>
    private void StepAside(LaneConnection connection)
    {
        _timer = lane.StartTimer(this, _deadline);
        _isAlone = true;
        _connection = null;
        ((ReactorSocket)connection.Client).Owner = null;
        connection.Activity = null;
        connection.SteppedAside = this;
        _source.SetResult(ConnectStatus.Slow);
    }

    private unsafe bool IsConnected()
    {
        RawAddress peer;
        uint length = RawAddress.Size;
        return Libc.PeerName(_socket!.Descriptor, &peer, &length) == 0 && !_socket.IsConnectedToItself();
    }

    private void EndAlone(ConnectStatus status)
    {
        StopTimer();
        _end = status;
        _socket!.Owner = null;
        if (status is not ConnectStatus.Connected)
        {
            _socket.Reset();
            _socket = null;
        }

        _then!(this);
    }
}
