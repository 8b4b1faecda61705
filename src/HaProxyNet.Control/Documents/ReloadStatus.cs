namespace HaProxyNet.Control.Documents;

/// <summary>The last reload, in <c>/api/v1/status</c>.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Result"><c>success</c>: the configuration is in force; <c>failure</c>: the one before it still is.</param>
/// <param name="Faults">Everything that is wrong, one line each.</param>
/// <param name="NeedsRestart">Settings that have changed and hold only after a restart.</param>
public sealed record ReloadStatus(DateTimeOffset At, string Result, IReadOnlyList<string> Faults, IReadOnlyList<string> NeedsRestart);
