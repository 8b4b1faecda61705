using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// Something that a connection does above its sockets: a TLS handshake, a relay that has TLS on a side. The lane ends it when asked, and
/// looks after its clock. All calls come on the connection's lane; on the Managed engine that is any thread.
/// </summary>
internal interface ILaneActivity
{
    /// <summary>
    /// When it wants to be looked at, in the lane's timestamps; <see cref="long.MaxValue"/>: never. It may move to later at any time.
    /// </summary>
    long Due { get; }

    /// <summary>Whether a peer has reset from which nobody reads at the moment.</summary>
    bool HasLostPeer { get; }

    /// <summary>It is due, or has lost a peer, or it may be so.</summary>
    void Look(long now);

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
