using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Reloading;

/// <summary>What came of a reload.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Faults">Everything that is wrong; empty: the configuration is in force.</param>
/// <param name="NeedsRestart">Settings that have changed and hold only after a restart.</param>
internal sealed record ReloadOutcome(DateTimeOffset At, IReadOnlyList<ConfigurationFault> Faults, IReadOnlyList<string> NeedsRestart)
{
    /// <summary>Whether the configuration is in force.</summary>
    public bool IsTakenOver => Faults.Count == 0;
}
