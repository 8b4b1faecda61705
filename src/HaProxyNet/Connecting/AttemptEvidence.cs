using HaProxyNet.Health;
using HaProxyNet.State;

namespace HaProxyNet.Connecting;

/// <summary>What attempts for clients say about their destination. Pure.</summary>
internal static class AttemptEvidence
{
    /// <summary>A connection has been taken: with TLS to the destination its handshake is through.</summary>
    public static Evidence Taken(Cluster cluster) => cluster.Plan.Encryption is null ? Evidence.Accepted : Evidence.Secured;

    /// <summary>An attempt has failed. That the destination accepts does not take a failed handshake back.</summary>
    public static Evidence Failed(ConnectStatus status, TimeSpan took) => Evidence.Failed(status.Label(), took) with { Scope = status.Scope() };

    /// <summary>How far an attempt had come that ended this way.</summary>
    public static EvidenceScope Scope(this ConnectStatus status) => status is ConnectStatus.TlsFailed ? EvidenceScope.Handshake : EvidenceScope.Accept;
}
