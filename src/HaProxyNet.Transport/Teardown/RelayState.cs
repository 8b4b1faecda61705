using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Teardown;

/// <summary>
/// What has happened on a relay, and what follows from it: the teardown table of docs/architecture.md. Pure: it touches no socket, and
/// both engines use it. Not synchronised.
/// </summary>
internal record struct RelayState
{
    private RelayFlow _fromClient;
    private RelayFlow _fromDestination;
    private byte _outcome;
    private bool _clientFinished;
    private bool _destinationFinished;
    private bool _clientReset;
    private bool _destinationReset;
    private bool _clientVanished;
    private bool _destinationVanished;

    /// <summary>A relay on which nothing has happened yet.</summary>
    public static RelayState Start => new() { _fromClient = RelayFlow.Start, _fromDestination = RelayFlow.Start };

    /// <summary>How the relay ended; none while it goes on.</summary>
    public ConnectionOutcome Outcome
    {
        readonly get => (ConnectionOutcome)_outcome;
        private set => _outcome = (byte)value;
    }

    /// <summary>The side whose FIN came first.</summary>
    public RelaySide? FirstFin { get; private set; }

    /// <summary>The result, once there is an outcome.</summary>
    public readonly RelayResult Result => new(
        Outcome,
        Outcome is ConnectionOutcome.PeerVanished ? Vanished : FirstFin ?? RelaySide.Client,
        _fromClient.Bytes,
        _fromDestination.Bytes);

    /// <summary>Bytes of one side that were given to the other so far. Another thread sees a number that may be a moment old.</summary>
    public readonly long Delivered(RelaySide from)
        => from is RelaySide.Client ? Volatile.Read(in _fromClient.Bytes) : Volatile.Read(in _fromDestination.Bytes);

    /// <summary>Whether this side's FIN was passed on.</summary>
    public readonly bool HasFinished(RelaySide side) => side is RelaySide.Client ? _clientFinished : _destinationFinished;

    /// <summary>
    /// Whether this side is known to have reset, although a read may say "end of data": the system tells an error only once.
    /// </summary>
    public readonly bool HasReset(RelaySide side) => side is RelaySide.Client ? _clientReset : _destinationReset;

    /// <summary>
    /// This side's system does not answer any more: what follows looks like a reset, and is none. It is no orderly end either, for nobody
    /// knows what has arrived.
    /// </summary>
    public void OnVanished(RelaySide side)
    {
        _clientVanished |= side is RelaySide.Client;
        _destinationVanished |= side is RelaySide.Destination;
    }

    /// <summary>Bytes of one side were given to the other.</summary>
    public void OnDelivered(RelaySide from, long count)
    {
        if (from is RelaySide.Client)
        {
            _fromClient.Bytes += count;
        }
        else
        {
            _fromDestination.Bytes += count;
        }
    }

    /// <summary>A side sent FIN, and all before it was delivered.</summary>
    public RelayAction OnFin(RelaySide side)
    {
        FirstFin ??= side;
        _clientFinished |= side is RelaySide.Client;
        _destinationFinished |= side is RelaySide.Destination;
        ref var back = ref side is RelaySide.Client ? ref _fromDestination : ref _fromClient;
        back.BytesAtPeerFin = back.Bytes;
        return HasFinished(side.Other()) ? End(ConnectionOutcome.Completed, RelayAction.CloseBoth) : RelayAction.PassFin;
    }

    /// <summary>A side reset, and all that it had sent before was delivered.</summary>
    public RelayAction OnSenderReset(RelaySide side)
    {
        ref var from = ref side is RelaySide.Client ? ref _fromClient : ref _fromDestination;
        return !HasVanished(side) && !HasFinished(side) && TeardownRules.IsAnswerToFin(HasFinished(side.Other()), from)
            ? OnFin(side)
            : End(TeardownRules.OutcomeOfLoss(side, HasVanished(side)), RelayAction.ResetBoth);
    }

    /// <summary>
    /// A side reset while bytes were on their way to it. What it sent before is still delivered to the other side, which is reset after
    /// that; at once when there is nothing more to come.
    /// </summary>
    public RelayAction OnReceiverReset(RelaySide side)
    {
        var other = side is RelaySide.Client ? _destinationReset : _clientReset;
        _clientReset |= side is RelaySide.Client;
        _destinationReset |= side is RelaySide.Destination;
        return other || HasFinished(side)
            ? End(TeardownRules.OutcomeOfLoss(side, HasVanished(side)), RelayAction.ResetBoth)
            : RelayAction.None;
    }

    /// <summary>The proxy itself ends the relay. Too late when it has ended.</summary>
    public RelayAction OnAbort(ConnectionOutcome outcome)
        => Outcome is ConnectionOutcome.None ? End(outcome, RelayAction.ResetBoth) : RelayAction.None;

    /// <summary>Writes all of it down, for another process; <see cref="Load"/> reads it.</summary>
    public readonly void Save(BinaryWriter writer)
    {
        foreach (var flow in (ReadOnlySpan<RelayFlow>)[_fromClient, _fromDestination])
        {
            writer.Write(flow.Bytes);
            writer.Write(flow.BytesAtPeerFin);
        }

        writer.Write(_clientFinished);
        writer.Write(_destinationFinished);
        writer.Write(_clientReset);
        writer.Write(_destinationReset);
        writer.Write(FirstFin is { } first ? (sbyte)first : (sbyte)-1);
    }

    /// <summary>What <see cref="Save"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">There is less.</exception>
    public static RelayState Load(BinaryReader reader)
    {
        var state = new RelayState
        {
            _fromClient = new RelayFlow { Bytes = reader.ReadInt64(), BytesAtPeerFin = reader.ReadInt64() },
            _fromDestination = new RelayFlow { Bytes = reader.ReadInt64(), BytesAtPeerFin = reader.ReadInt64() },
            _clientFinished = reader.ReadBoolean(),
            _destinationFinished = reader.ReadBoolean(),
            _clientReset = reader.ReadBoolean(),
            _destinationReset = reader.ReadBoolean(),
        };
        var first = reader.ReadSByte();
        state.FirstFin = first < 0 ? null : (RelaySide)first;
        return state;
    }

    private readonly RelaySide Vanished => _clientVanished ? RelaySide.Client : RelaySide.Destination;

    private readonly bool HasVanished(RelaySide side) => side is RelaySide.Client ? _clientVanished : _destinationVanished;

    private RelayAction End(ConnectionOutcome outcome, RelayAction action)
    {
        if (Outcome is not ConnectionOutcome.None)
        {
            return RelayAction.None;
        }

        Outcome = outcome;
        return action;
    }
}
