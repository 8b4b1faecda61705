using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Teardown;

/// <summary>How far a relay has come.</summary>
internal interface IRelayProgress
{
    /// <summary>When its last byte passed, in the lane's timestamps. Any thread.</summary>
    long LastByteAt { get; }

    /// <summary>Bytes of the client that were given to the destination so far. Any thread; it may be a moment old.</summary>
    long BytesIn { get; }

    /// <summary>Bytes of the destination that were given to the client so far. Any thread; it may be a moment old.</summary>
    long BytesOut { get; }

    /// <summary>Of the bytes of this side, those that may not have left the relay yet. Any thread.</summary>
    long Held(RelaySide from);
}
