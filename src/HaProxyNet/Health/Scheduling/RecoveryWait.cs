namespace HaProxyNet.Health.Scheduling;

/// <summary>
/// How long to wait for the next probe of a destination that is down: an eighth of the longest wait at first, so that a service that only
/// restarts is soon used again, then twice as long each time. It counts from the start of one probe to the start of the next: what a probe
/// has waited for an answer is not waited for again, and a machine that comes back is found within the longest wait. Pure.
/// </summary>
/// <param name="longest">The longest wait.</param>
internal readonly struct RecoveryWait(TimeSpan longest)
{
    /// <summary>The first wait is the longest one halved so often.</summary>
    private const int FirstHalvings = 3;

    /// <summary>
    /// Many proxies that lost one destination at the same moment must not ask at the same moments: up to so much of a wait is left out.
    /// </summary>
    private const double Jitter = 0.25;

    /// <summary>
    /// So many probes a second are asked of all destinations that are down together: thousands of them would take half a core, and one
    /// that comes back is found by its clients as well.
    /// </summary>
    private const double MostASecond = 250;

    /// <summary>The wait that is left.</summary>
    /// <param name="attempt">How many probes were before the one that has just ended.</param>
    /// <param name="took">How long that one took.</param>
    /// <param name="chance">From 0 to less than 1.</param>
    /// <param name="asked">How many destinations are asked in this way now.</param>
    public TimeSpan After(int attempt, TimeSpan took, double chance, int asked = 1)
    {
        var (meant, least) = (longest / (1 << Math.Max(0, FirstHalvings - attempt)), TimeSpan.FromSeconds(asked / MostASecond));
        var whole = meant > least ? meant : least;
        var left = (whole * (1 - (Jitter * chance))) - took;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
