namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>How far a socket is on its way to keepalive.</summary>
internal enum KeepAliveStage : byte
{
    /// <summary>It is new.</summary>
    Fresh,

    /// <summary>One look has found it.</summary>
    SeenOnce,

    /// <summary>Keepalive is on, set or inherited.</summary>
    On,
}
