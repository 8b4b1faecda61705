using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>What a probe of the cluster saw of a destination that accepts.</summary>
/// <param name="Case">The probe.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Why">Why its TLS handshake failed; empty: it did not, or there was none.</param>
internal sealed record ProbeFacts(ProbeCase Case, ProbeResult Result, string Why);
