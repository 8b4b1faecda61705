using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// A part of connecting that was not over soon, and goes on by itself while its connection tries others: a connect, or a handshake with a
/// destination that has accepted. It may outlive its connection. Any thread on the Managed engine, the lane's on the Reactor.
/// </summary>
internal abstract class ConnectAttempt
{
    /// <summary>How it has ended; <see cref="ConnectStatus.Pending"/> while it goes on.</summary>
    public abstract ConnectStatus Status { get; }

    /// <summary>Goes on until it is through, has failed, or its own time is over.</summary>
    /// <param name="then">Is called once, when it has ended; within this call, if it has ended meanwhile.</param>
    public abstract void GoOn(Action<ConnectAttempt> then);

    /// <summary>Ends it as connected if it is, although no event has said so yet.</summary>
    public virtual bool TryFinish() => false;

    /// <summary>Gives it up, because nobody wants to know how it would have ended.</summary>
    public abstract void GiveUp();

    /// <summary>The connection takes what it has connected.</summary>
    public abstract void Give(LaneConnection connection);

    /// <summary>No connection takes what it has connected: closes that.</summary>
    public abstract void Discard();
}
