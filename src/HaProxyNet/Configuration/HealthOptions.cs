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
}
