using HaProxyNet.State;

namespace HaProxyNet.Health;

/// <summary>Decides what evidence makes of a destination. Pure.</summary>
internal static class HealthMachine
{
    /// <summary>The health after a piece of evidence; the same instance when nothing changed.</summary>
    /// <param name="health">What was known.</param>
    /// <param name="evidence">What was seen.</param>
    /// <param name="now">When, in timestamps of the <see cref="TimeProvider"/>.</param>
    public static DestinationCondition Next(DestinationCondition health, Evidence evidence, long now)
    {
        if (evidence.Success)
        {
            return health.State is DestinationStatus.Up ? health : new(DestinationStatus.Up, evidence.Reason, now, 0);
        }

        return health.State is DestinationStatus.Down
            ? health with { Failures = health.Failures + 1, Reason = evidence.Reason }
            : new(DestinationStatus.Down, evidence.Reason, now, 1);
    }
}
