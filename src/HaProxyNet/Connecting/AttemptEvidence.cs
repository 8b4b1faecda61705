using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>What attempts for clients say about their destination. Pure.</summary>
internal static class AttemptEvidence
{
    /// <summary>A connection has been taken: with TLS to the destination its handshake is through.</summary>
    public static Evidence Taken(Cluster cluster) => cluster.Plan.Encryption is null ? Evidence.Accepted : Evidence.Secured;

    /// <summary>An attempt has failed. That the destination accepts does not take a failed handshake back.</summary>
    public static Evidence Failed(ConnectStatus status, TimeSpan took)
        => Evidence.Failed(status.Reason(), took) with { Scope = status.Scope() };

    /// <summary>
    /// What the ends of two addresses say together: the one in which the destination itself had the greater part. What this machine could
    /// not try says the least (no IPv6 here, say).
    /// </summary>
    public static ConnectStatus Stronger(ConnectStatus one, ConnectStatus other)
        => Strength(other) > Strength(one) ? other : one;

    private static int Strength(ConnectStatus status) => status switch
    {
        ConnectStatus.Pending => 0,
        ConnectStatus.Unresolved => 2,
        ConnectStatus.Unreachable => 3,
        ConnectStatus.TimedOut => 4,
        ConnectStatus.Reset => 5,
        ConnectStatus.Refused => 6,
        ConnectStatus.TlsFailed => 7,
        ConnectStatus.Loop => 8,
        _ => 1,
    };
}
