namespace HaProxyNet.Health.Scheduling;

/// <summary>Decides how much of the time between two beats was lost. Pure.</summary>
internal static class OwnPaceRule
{
    /// <summary>A beat that comes so much too late is the system's usual coarseness.</summary>
    private const double Tolerated = 1;

    /// <summary>The time in which nothing could have been read.</summary>
    /// <param name="elapsed">The time since the beat before.</param>
    /// <param name="beat">The time that there should be between two.</param>
    /// <param name="isPoolLate">The thread pool has not done what it was given at the beat before.</param>
    public static TimeSpan LostIn(TimeSpan elapsed, TimeSpan beat, bool isPoolLate)
    {
        if (isPoolLate)
        {
            return elapsed;
        }

        var late = elapsed - (beat * (1 + Tolerated));
        return late > TimeSpan.Zero ? elapsed - beat : TimeSpan.Zero;
    }
}
