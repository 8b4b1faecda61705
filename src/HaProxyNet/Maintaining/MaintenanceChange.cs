namespace HaProxyNet.Maintaining;

/// <summary>What became of an operator's wish.</summary>
/// <param name="HasChanged">Whether anything has changed.</param>
/// <param name="Refusal">Why it was refused; null: it was not.</param>
/// <param name="Warnings">What the operator should know besides: other proxies do not know it.</param>
internal sealed record MaintenanceChange(bool HasChanged, string? Refusal, IReadOnlyList<string> Warnings);
