namespace HaProxyNet.Server.Diagnosing;

/// <summary>The outcome of an examination, as <c>doctor --json</c> prints it.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Ok">Whether there is no fault: exit code 0.</param>
/// <param name="Destinations">What was found, destination by destination.</param>
/// <param name="Findings">What it means.</param>
internal sealed record DoctorReport(
    DateTimeOffset At,
    bool Ok,
    IReadOnlyList<DestinationReport> Destinations,
    IReadOnlyList<Finding> Findings);
