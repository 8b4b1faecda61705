using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// What a connection does now: a connect attempt, a wait for first bytes, a TLS handshake, a relay. The lane ends it when asked, and looks
/// after its clock, if it has none of its own. All calls come on the connection's lane; on the Managed engine that is any thread.
/// </summary>
internal interface ILaneActivity
{
    /// <summary>
    /// When it wants to be looked at, in the lane's timestamps; <see cref="long.MaxValue"/>: never. It may move to later at any time.
    /// </summary>
    long Due => long.MaxValue;

    /// <summary>Whether a peer has reset from which nobody reads at the moment.</summary>
    bool HasLostPeer => false;

    /// <summary>It is due, or has lost a peer, or it may be so.</summary>
    void Look(long now)
    {
    }

    /// <summary>A setting that it reads has changed: it may be due earlier, later or never.</summary>
    void Reconsider()
    {
    }

    /// <summary>Ends it with this outcome; too late when it has ended.</summary>
    void Abort(ConnectionOutcome outcome);

    /// <summary>Another destination was ready first.</summary>
    void Overtake()
    {
    }

    /// <summary>Its destination went down.</summary>
    void MoveOn()
    {
    }
}
