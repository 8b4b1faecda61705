using System.Net;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// Where connections live. A connection is accepted on a lane and never leaves it: what its pipeline awaits here resumes on the same lane.
/// The Reactor's lane is a thread; the Managed engine's lane is the thread pool. Other threads reach a connection only through
/// <see cref="RequestAbort"/> and <see cref="Snapshot"/>.
/// </summary>
internal abstract class Lane
{
    /// <summary>
    /// A monotonic timestamp in the units of the engine's <see cref="TimeProvider"/>; an engine may cache it for one turn.
    /// </summary>
    public abstract long Now { get; }

    /// <summary>A time span in the units of <see cref="Now"/>.</summary>
    public abstract long ToTimestamp(TimeSpan span);

    /// <summary>Enters a connection that was just accepted.</summary>
    public abstract void Add(LaneConnection connection);

    /// <summary>Takes a connection out after it was closed.</summary>
    public abstract void Remove(LaneConnection connection);

    /// <summary>
    /// Connects to a destination for a connection; on <see cref="ConnectStatus.Connected"/> the socket is the connection's
    /// <see cref="LaneConnection.DestinationSocket"/>. Ends early when the client is gone. Never throws for a network fault.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="address">Where to.</param>
    /// <param name="timeout">How long the attempt may take.</param>
    /// <param name="patience">
    /// After so long without an answer it returns <see cref="ConnectStatus.Slow"/>, and the attempt is
    /// <see cref="LaneConnection.SteppedAside"/>: the caller takes it at once, and lets it go on. Zero: never.
    /// </param>
    public abstract ValueTask<ConnectStatus> ConnectAsync(
        LaneConnection connection,
        IPEndPoint address,
        TimeSpan timeout,
        TimeSpan patience);

    /// <summary>
    /// What the connection does to find a destination (an attempt, a handshake, a wait) ends as <see cref="ConnectStatus.Overtaken"/>:
    /// something that began before has got there first. Any thread; <see cref="ILaneRace.HasWinner"/> is set before, for what begins
    /// meanwhile.
    /// </summary>
    public static void Overtake(LaneConnection connection)
    {
        // Read first: the winner may be taken meanwhile, and what the connection does after that was not overtaken.
        var activity = connection.Activity;
        if (connection.IsOvertaken)
        {
            activity?.Overtake();
        }
    }

    /// <summary>Calls once after a time, on the lane, unless the result is disposed of before. On the lane.</summary>
    public abstract IDisposable Alarm(TimeSpan after, Action<object> ring, object state);

    /// <summary>
    /// Attempts to a destination that are under way end with <see cref="ConnectStatus.MovedOn"/>, soon. Any thread.
    /// </summary>
    /// <param name="target">The destination, as <see cref="LaneConnection.Target"/> has it.</param>
    /// <param name="slowToo">Slow attempts end as well: nothing that they could still show is wanted.</param>
    public abstract void MoveOn(object target, bool slowToo);

    /// <summary>Settings of open connections have changed: what they do asks anew when it is due. Any thread.</summary>
    public abstract void Reconsider();

    /// <summary>Waits for bytes of the client, and reads none.</summary>
    /// <param name="connection">A connection that was just accepted.</param>
    /// <param name="into">Where a copy of the first bytes goes; at least one more than <paramref name="beyond"/>.</param>
    /// <param name="beyond">Waits until there are more bytes than this.</param>
    /// <param name="timeout">How long to wait.</param>
    public abstract ValueTask<PeekResult> PeekAsync(LaneConnection connection, Memory<byte> into, int beyond, TimeSpan timeout);

    /// <summary>Moves bytes both ways until the connection ends as the teardown table says, and then calls the follower.</summary>
    /// <param name="connection">A connection with both its sockets.</param>
    /// <param name="then">What goes on with the connection.</param>
    public abstract void Relay(LaneConnection connection, IRelayFollower then);

    /// <summary>A socket of a connection for code that reads and writes it above the engine, instead of <see cref="Relay"/>.</summary>
    public abstract LaneSocket Open(LaneConnection connection, TransportSocket socket);

    /// <summary>Makes this what the connection does now, and looks after it until the result is disposed of. One at a time.</summary>
    public abstract ILaneWatch Watch(LaneConnection connection, ILaneActivity activity);

    /// <summary>Whether the client can no longer want an answer: it reset, or sent its FIN without ever having sent a byte.</summary>
    public abstract bool IsClientGone(LaneConnection connection);

    /// <summary>Runs something for a connection on its lane: at once when this is the lane, soon otherwise. Any thread.</summary>
    public abstract void Run(LaneConnection connection, Action<LaneConnection, object> work, object state);

    /// <summary>Runs something for a connection on its lane soon, and never within this call. Any thread.</summary>
    public abstract void RunSoon(LaneConnection connection, Action<LaneConnection, object> work, object state);

    /// <summary>Runs something on the lane soon, and never within this call. Any thread.</summary>
    public abstract void Post(Action work);

    /// <summary>Asks a connection to end by reset with this outcome. Any thread; does nothing when the connection has ended.</summary>
    public abstract void RequestAbort(LaneConnection connection, ConnectionOutcome outcome);

    /// <summary>The connections open at this moment. Any thread.</summary>
    public abstract ValueTask<IReadOnlyList<LaneConnection>> Snapshot();
}
