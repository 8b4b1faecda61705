using System.Runtime.CompilerServices;
using HaProxyNet.Closing;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// A handshake that the lane looks after: it ends when it takes too long, when the connection is asked to end, when the
/// peer has reset while it waited for its turn, and, with a destination, when the client has reset or the destination went down.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="session">The session, whose socket is cancelled to end the handshake.</param>
/// <param name="due">When it has taken too long, in the lane's timestamps.</param>
/// <param name="client">The client's side while the handshake is one with a destination; none otherwise.</param>
internal sealed class WatchedHandshake(ProxyConnection connection, TlsSession session, long due, RelayEnd? client = null) : ILaneActivity
{
    /// <summary>It has ended by itself.</summary>
    private const int Over = -1;

    private int _end;
    private HandshakeTurn? _turn;

    /// <inheritdoc/>
    public long Due { get; private set; } = due;

    /// <inheritdoc/>
    public bool HasLostPeer => HasLostClient || (Volatile.Read(ref _turn) is not null && session.Socket.HasFailed);

    private bool HasLostClient => client is not null && client.Socket.HasFailed;

    /// <summary>Whether the client has reset meanwhile.</summary>
    public bool IsClientGone { get; private set; }

    /// <summary>Whether the destination went down meanwhile.</summary>
    public bool HasMovedOn { get; private set; }

    /// <summary>Waits until the peer has sent something, then for a turn; whoever is given one gives it back when the handshake has ended.</summary>
    /// <param name="turns">Who gives turns.</param>
    /// <param name="patience">How long the handshake may take from its turn on.</param>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<bool> WaitForTurnAsync(HandshakeTurns turns, long patience)
    {
        // Whoever only connects takes nobody's turn.
        await session.Socket.WaitReadableAsync();
        if (_end != 0)
        {
            return false;
        }

        if (turns.TryEnter())
        {
            return true;
        }

        // Noted first: whoever ends the handshake after that ends the wait, too.
        var turn = turns.Queue(connection);
        Volatile.Write(ref _turn, turn);
        if (Volatile.Read(ref _end) != 0)
        {
            turn.GiveUp();
        }

        Due = connection.Lane.Now + patience;
        var granted = await turn.Task;
        _turn = null;
        Due = connection.Lane.Now + patience;
        return granted;
    }

    /// <summary>Agrees with the peer.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<HandshakeResult> RunAsync()
    {
        if (HasLostClient)
        {
            Look(long.MinValue);
        }

        var result = await session.HandshakeAsync();

        // From here on it is too late to end it.
        return Interlocked.CompareExchange(ref _end, Over, 0) == 0 ? result : Ended!.Value;
    }

    /// <summary>How it was ended from outside; none when it was not.</summary>
    public HandshakeResult? Ended => Volatile.Read(ref _end) is > 0 and var end ? new((HandshakeStatus)end, Words((HandshakeStatus)end)) : null;

    public void Look(long now)
    {
        if (HasLostClient)
        {
            IsClientGone = true;
            End(HandshakeStatus.Aborted);
        }
        else if (HasLostPeer)
        {
            End(HandshakeStatus.PeerGone);
        }
        else if (now >= Due)
        {
            End(HandshakeStatus.TimedOut);
        }
    }

    public void Abort(ConnectionOutcome outcome) => End(HandshakeStatus.Aborted);

    public void MoveOn()
    {
        if (client is not null)
        {
            HasMovedOn = true;
            End(HandshakeStatus.Aborted);
        }
    }

    private static string Words(HandshakeStatus status) => status switch
    {
        HandshakeStatus.TimedOut => "it took too long",
        HandshakeStatus.PeerGone => "it went away before its turn came",
        _ => "the connection was asked to end",
    };

    private void End(HandshakeStatus status)
    {
        if (Interlocked.CompareExchange(ref _end, (int)status, 0) == 0)
        {
            session.Socket.Cancel();
            Volatile.Read(ref _turn)?.GiveUp();
        }
    }
}
