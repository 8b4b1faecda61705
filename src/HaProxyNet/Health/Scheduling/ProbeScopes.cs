using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>How far the methods of probes look. Pure.</summary>
internal static class ProbeScopes
{
    /// <summary>What a probe of this method sees besides the accept of the destination's own port.</summary>
    /// <param name="method">How it asks.</param>
    /// <param name="isElsewhere">Whether it asks at another port.</param>
    /// <param name="options">The settings of the cluster.</param>
    public static EvidenceScope Of(ProbeMethod method, bool isElsewhere, ClusterOptions options) => method switch
    {
        _ when isElsewhere => EvidenceScope.Answer,
        ProbeMethod.HalfOpen or ProbeMethod.Connect => EvidenceScope.Accept,
        ProbeMethod.Tls => EvidenceScope.Handshake,
        _ when options.Tls.Enabled && options.Health.SpeaksTls(method) => EvidenceScope.Answer | EvidenceScope.Handshake,
        _ => EvidenceScope.Answer,
    };
}
