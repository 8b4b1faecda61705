using System.Runtime.InteropServices;

namespace HaProxyNet.Transport;

/// <summary>
/// How long a peer that says nothing is believed to live. Keepalive asks while nothing is on its way; while sent bytes are not acknowledged
/// it does not run, and the user timeout decides (tcp(7)). Both fit together: whatever was on its way, the connection ends after the same
/// time.
/// </summary>
/// <param name="UserTimeoutMilliseconds">TCP_USER_TIMEOUT; 0: the system's own limit, some 15 minutes.</param>
/// <param name="IdleSeconds">Silence before the first keepalive probe.</param>
/// <param name="IntervalSeconds">Between probes.</param>
/// <param name="Probes">Unanswered probes until the connection is dead, where there is no user timeout; Linux ends it by the user timeout
/// otherwise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SilenceLimits(int UserTimeoutMilliseconds, int IdleSeconds, int IntervalSeconds, int Probes)
{
    private const int LongestIdle = 60;
    private const int LongestInterval = 10;
    private const int Count = 3;

    /// <summary>Connections that end within seconds are spared the system calls, where the limits are longer than this.</summary>
    private const int ShortMilliseconds = 30_000;

    /// <summary>Whether a socket must have the limits from its start.</summary>
    public bool AreShort => UserTimeoutMilliseconds is > 0 and < ShortMilliseconds;

    /// <summary>TCP_MAXRT of Windows: the same as the user timeout, in seconds.</summary>
    public int UserTimeoutSeconds => (UserTimeoutMilliseconds + 999) / 1000;

    /// <summary>
    /// The limits for a user timeout: two thirds of it pass before the first probe, and the rest is for three, 60 s and 10 s at the most.
    /// </summary>
    public static SilenceLimits From(TimeSpan userTimeout)
    {
        if (userTimeout <= TimeSpan.Zero)
        {
            return new SilenceLimits(0, LongestIdle, LongestInterval, Count);
        }

        var seconds = userTimeout.TotalSeconds;
        return new SilenceLimits(
            (int)userTimeout.TotalMilliseconds,
            (int)Math.Clamp(seconds * 2 / 3, 1, LongestIdle),
            (int)Math.Clamp(seconds / (3 * Count), 1, LongestInterval),
            Count);
    }
}
