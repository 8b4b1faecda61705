namespace HaProxyNet.Transport;

/// <summary>TCP keepalive on both sides of every connection: a peer that vanished is noticed within a minute and a half.</summary>
internal static class KeepAliveTimes
{
    /// <summary>Silence before the first probe.</summary>
    public const int IdleSeconds = 60;

    /// <summary>Between probes.</summary>
    public const int IntervalSeconds = 10;

    /// <summary>Unanswered probes until the connection is dead.</summary>
    public const int Probes = 3;
}
