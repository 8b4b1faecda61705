using HaProxyNet.Health.Methods;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>One thing that a destination is asked.</summary>
/// <param name="Probe">How.</param>
/// <param name="AtOwnPort">Whether at the destination's own port, wherever the cluster's probe asks.</param>
/// <param name="Scope">How far that looks.</param>
/// <param name="Timeout">How long it may take.</param>
internal sealed record ProbeQuestion(IProbe Probe, bool AtOwnPort, EvidenceScope Scope, TimeSpan Timeout);
