namespace HaProxyNet.Server.Logging.Syslog;

/// <summary>How long to wait before a server is tried again. Pure.</summary>
internal static class Patience
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>Half a second after the first failure in a row, twice as long after each further one, 30 s at most.</summary>
    public static TimeSpan After(int failures)
        => failures > 6 ? _longest : TimeSpan.FromSeconds(Math.Min(_longest.TotalSeconds, 0.25 * Math.Pow(2, failures)));
}
