using System.Net;

namespace HaProxyNet.Transport;

/// <summary>A listening socket of an engine.</summary>
internal abstract class EngineListener : IAsyncDisposable
{
    /// <summary>The address that is bound; the port is the real one where 0 was asked for.</summary>
    public abstract IPEndPoint BoundAddress { get; }

    /// <summary>Begins to accept; before that, clients wait in the backlog. Called once.</summary>
    public abstract void Start();

    /// <summary>
    /// Closes the listening socket after the connections that wait in its backlog have been accepted; at once where it was never started.
    /// May be called twice.
    /// </summary>
    public abstract ValueTask StopAcceptingAsync();

    /// <summary>
    /// Clients are refused, as if nothing listened, until <see cref="ResumeAsync"/>. The address stays ours where the system allows that.
    /// One caller at a time.
    /// </summary>
    public abstract ValueTask PauseAsync();

    /// <summary>Listens again on the same address.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">Someone else has taken the address meanwhile.</exception>
    public abstract ValueTask ResumeAsync();

    /// <summary>The descriptor that another process may go on with; below zero: this engine hands none over.</summary>
    public virtual int Descriptor => -1;

    /// <summary>
    /// Whether another process, a service manager, keeps the socket open: what connects after this process has stopped waits for the next
    /// one.
    /// </summary>
    public virtual bool IsShared => false;

    /// <summary>Accepts no more, until <see cref="GoOnAsync"/> or <see cref="LeaveAsync"/>: what connects waits in the backlog.</summary>
    public virtual ValueTask HoldAsync() => ValueTask.CompletedTask;

    /// <summary>Accepts again after a hold.</summary>
    public virtual ValueTask GoOnAsync() => ValueTask.CompletedTask;

    /// <summary>Another process accepts from the same socket: lets it go, with its backlog.</summary>
    public virtual ValueTask LeaveAsync() => StopAcceptingAsync();

    public abstract ValueTask DisposeAsync();
}
