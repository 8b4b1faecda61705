namespace HaProxyNet.Relaying;

/// <summary>How far a relay has come.</summary>
internal interface IRelayProgress
{
    /// <summary>When its last byte passed, in the lane's timestamps. Any thread.</summary>
    long LastByteAt { get; }
}
