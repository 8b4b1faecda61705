namespace HaProxyNet.Configuration.Clusters;

/// <summary>The days and local times at which a cluster may go back.</summary>
/// <param name="Days">The days on which it opens; none means every day.</param>
/// <param name="From">When it opens.</param>
/// <param name="To">When it closes; not later than <paramref name="From"/>: on the next day.</param>
internal sealed record FailbackWindow(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    /// <summary>How a time of day is written.</summary>
    public const string TimeFormat = "HH:mm";

    /// <summary>Reads settings that were found valid; none without times.</summary>
    public static FailbackWindow? Read(FailbackWindowOptions options)
        => TryTime(options.From, out var from) && TryTime(options.To, out var to) ? new([.. options.Days], from, to) : null;

    /// <summary>Reads a time of day.</summary>
    public static bool TryTime(string text, out TimeOnly time)
        => TimeOnly.TryParseExact(
            text, TimeFormat, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out time);

    /// <summary>Whether a local time lies in the window.</summary>
    public bool IsOpenAt(DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        if (From < To)
        {
            return OpensOn(local.DayOfWeek) && time >= From && time < To;
        }

        // Over midnight: the evening belongs to its own day, the morning to the day before.
        return (time >= From && OpensOn(local.DayOfWeek)) || (time < To && OpensOn(local.AddDays(-1).DayOfWeek));
    }

    private bool OpensOn(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);
}
