using System.Net;
using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Relaying;

namespace HaProxyNet.Transport;

/// <summary>
/// Where connections live. A connection is accepted on a lane and never leaves it: what its pipeline awaits here resumes on the same lane.
/// The Reactor's lane is a thread; the Managed engine's lane is the thread pool. Other threads reach a connection only through
/// <see cref="RequestAbort"/> and <see cref="Snapshot"/>.
/// </summary>
internal abstract class Lane
{
    /// <summary>A monotonic timestamp in the units of the engine's <see cref="TimeProvider"/>; an engine may cache it for one turn.</summary>
    public abstract long Now { get; }

    /// <summary>Enters a connection that was just accepted.</summary>
    public abstract void Add(ProxyConnection connection);

    /// <summary>Takes a connection out after it was closed.</summary>
    public abstract void Remove(ProxyConnection connection);

    /// <summary>
    /// Connects to a destination for a connection; on <see cref="ConnectStatus.Connected"/> the socket is the connection's
    /// <see cref="ProxyConnection.Destination"/>. Ends early when the client is gone. Never throws for a network fault.
    /// </summary>
    public abstract ValueTask<ConnectStatus> ConnectAsync(ProxyConnection connection, IPEndPoint address, TimeSpan timeout);

    /// <summary>Moves bytes both ways until the connection ends as the teardown table says. Both sockets are shut or reset on return.</summary>
    /// <param name="connection">A connection with both its sockets.</param>
    /// <param name="idleTimeout">Reset both sides after so long without a byte; zero: never.</param>
    public abstract ValueTask<RelayResult> RelayAsync(ProxyConnection connection, TimeSpan idleTimeout);

    /// <summary>Whether the client can no longer want an answer: it reset, or sent its FIN without ever having sent a byte.</summary>
    public abstract bool IsClientGone(ProxyConnection connection);

    /// <summary>Runs something for a connection on its lane: at once when this is the lane, soon otherwise. Any thread.</summary>
    public abstract void Run(ProxyConnection connection, Action<ProxyConnection, object> work, object state);

    /// <summary>Asks a connection to end by reset with this outcome. Any thread; does nothing when the connection has ended.</summary>
    public abstract void RequestAbort(ProxyConnection connection, ConnectionOutcome outcome);

    /// <summary>The connections open at this moment. Any thread.</summary>
    public abstract ValueTask<IReadOnlyList<ProxyConnection>> Snapshot();
}
