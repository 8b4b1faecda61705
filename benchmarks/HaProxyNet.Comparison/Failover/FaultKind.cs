namespace HaProxyNet.Comparison.Failover;

/// <summary>How the primary is taken away.</summary>
internal enum FaultKind
{
    /// <summary>Its process is killed: connects are refused.</summary>
    Refused,

    /// <summary>Packets from and to it vanish: connects are not answered.</summary>
    BlackHole,
}
