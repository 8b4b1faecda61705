using System.ComponentModel;

namespace HaProxyNet.Configuration;

/// <summary>How the health of a cluster's destinations is learned. Real connects are always evidence.</summary>
public sealed class HealthOptions
{
    /// <summary>
    /// The time between two probes of a destination that is down, before jitter and back-off. More than zero; 1 s unless told.
    /// </summary>
    [Duration, Description("The time between two probes of a destination that is down, before jitter and back-off.")]
    public TimeSpan DownInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Failures in a row that make a destination Down; 1 or more, 1 unless told.</summary>
    [AtLeast(1), Description("Failed attempts and probes in a row that make a destination Down.")]
    public int Fall { get; set; } = 1;

    /// <summary>Successes in a row that make it Up again; 1 or more, 1 unless told.</summary>
    [AtLeast(1), Description("Successful attempts and probes in a row that make a destination Up again.")]
    public int Rise { get; set; } = 1;

    /// <summary>
    /// How long a destination that has failed within 5 minutes of a recovery must accept without a failure before it is used again; each
    /// further such failure doubles it, up to <see cref="HoldDownMax"/>. 1 s unless told; zero: no hold-down.
    /// </summary>
    [Duration(Zero = "no hold-down"), Description(
        "How long a destination that failed within 5 minutes of a recovery must accept without a failure before it is used again; it doubles with each such failure.")]
    public TimeSpan HoldDown { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that the hold-down grows to; 60 s unless told.</summary>
    [Duration, Description("The longest that the hold-down grows to.")]
    public TimeSpan HoldDownMax { get; set; } = TimeSpan.FromSeconds(60);
}
