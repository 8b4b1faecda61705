namespace HaProxyNet.Server.Incident;

/// <summary>What the proxy would do differently with a setting.</summary>
/// <param name="Setting">The setting and its value.</param>
/// <param name="Why">What was seen, what would change, and what that costs.</param>
internal sealed record Advice(string Setting, string Why);
