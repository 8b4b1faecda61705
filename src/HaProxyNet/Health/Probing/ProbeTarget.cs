using System.Net;

namespace HaProxyNet.Health.Probing;

/// <summary>Whom a probe asks.</summary>
/// <param name="Address">Where; its own object, so that no probe can change what connections use.</param>
/// <param name="Host">The host as configured: the name to ask for when the probe has none of its own.</param>
internal sealed record ProbeTarget(IPEndPoint Address, string Host);
