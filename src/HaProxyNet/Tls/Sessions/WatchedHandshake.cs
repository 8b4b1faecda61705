using System.Runtime.CompilerServices;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// A handshake that the lane looks after: it ends when it takes too long, when the connection is asked to end, when the
/// peer has reset while it waited for its turn, and, with a destination, when the client has reset or the destination went down.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="session">The session, whose socket is cancelled to end the handshake.</param>
/// <param name="patience">How long it may take, from now on.</param>
/// <param name="faults">Counts what the TLS library throws and nobody foresaw.</param>
/// <param name="turns">Bounds the handshakes that are worked on at once; null: no bound.</param>
/// <param name="client">The client's side while the handshake is one with a destination; null otherwise.</param>
internal sealed class WatchedHandshake(
    LaneConnection connection, TlsSession session, TimeSpan patience, InternalFaults faults, HandshakeTurns? turns = null,
    RelayEnd? client = null)
    : ILaneActivity, IHandshakePace
{
    /// <summary>It has ended by itself.</summary>
    private const int Over = -1;

    private readonly long _patience = connection.Lane.ToTimestamp(patience);
    private int _end;
    private bool _hasTurn;
    private bool _hasLonger;
    private HandshakeTurn? _turn;
    private volatile bool _isAlone;

    /// <inheritdoc/>
    public long Due { get; private set; } = connection.Lane.Now + connection.Lane.ToTimestamp(patience);

    /// <inheritdoc/>
    public bool HasLostPeer => HasLostClient || (Volatile.Read(ref _turn) is not null && session.Socket.HasFailed);

    private bool HasLostClient => client is not null && !_isAlone && client.Socket.HasFailed;

    /// <summary>Whether the client has reset meanwhile.</summary>
    public bool IsClientGone { get; private set; }

    /// <summary>Whether the destination went down meanwhile.</summary>
    public bool HasMovedOn { get; private set; }

    /// <summary>Whether another destination was ready first.</summary>
    public bool WasOvertaken { get; private set; }

    /// <summary>Agrees with the peer. Whatever a TLS library throws is the end of this handshake, and of nothing else.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<HandshakeResult> RunAsync()
    {
        if (HasLostClient)
        {
            Look(long.MinValue);
        }

        HandshakeResult result;
        try
        {
            faults.Injection?.Invoke(FaultPlace.Tls);
            result = await session.HandshakeAsync(this);
        }
#pragma warning disable CA1031 // The boundary of every TLS library.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Tls, fault);
            result = HandshakeFaults.Unforeseen(fault);
        }

        LeaveTurn();

        // From here on it is too late to end it.
        return Interlocked.CompareExchange(ref _end, Over, 0) == 0 ? result : Ended!.Value;
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public async ValueTask<bool> RestAsync(ValueTask wait)
    {
        if (!wait.IsCompleted)
        {
            LeaveTurn();
        }

        await wait;
        if (turns is not null && !_hasTurn)
        {
            _hasTurn = turns.TryEnter() || await WaitForTurnAsync(turns);
        }

        return Volatile.Read(ref _end) == 0;
    }

    /// <summary>How it was ended from outside; null when it was not.</summary>
    public HandshakeResult? Ended
        => Volatile.Read(ref _end) is > 0 and var end ? new((HandshakeStatus)end, Words((HandshakeStatus)end)) : null;

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
        else if (now >= Due && !(session.Socket.HasUnread && TryGiveLonger()))
        {
            End(HandshakeStatus.TimedOut);
        }
    }

    public void Abort(ConnectionOutcome outcome) => End(HandshakeStatus.Aborted);

    public void Overtake()
    {
        if (client is not null)
        {
            WasOvertaken = true;
            End(HandshakeStatus.Aborted);
        }
    }

    /// <summary>The connection goes on without it: what becomes of the client does not matter to it any more.</summary>
    public void GoOnAlone() => _isAlone = true;

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

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> WaitForTurnAsync(HandshakeTurns bound)
    {
        // Noted first: whatever ends the handshake after that ends the wait, too.
        var turn = bound.Queue(connection);
        Volatile.Write(ref _turn, turn);
        if (Volatile.Read(ref _end) != 0)
        {
            turn.GiveUp();
        }

        TryGiveLonger();
        var granted = await turn.Task;
        Volatile.Write(ref _turn, null);
        return granted;
    }

    /// <summary>Our own slowness is not the peer's: it has as long again, once.</summary>
    private bool TryGiveLonger()
    {
        if (Interlocked.Exchange(ref _hasLonger, true))
        {
            return false;
        }

        Due += _patience;
        return true;
    }

    private void LeaveTurn()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            turns!.Leave();
        }
    }

    private void End(HandshakeStatus status)
    {
        if (Interlocked.CompareExchange(ref _end, (int)status, 0) == 0)
        {
            session.Socket.Cancel();
            Volatile.Read(ref _turn)?.GiveUp();
        }
    }
}
