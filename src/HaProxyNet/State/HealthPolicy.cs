using HaProxyNet.Configuration.Health;
using HaProxyNet.Transport;

namespace HaProxyNet.State;

/// <summary>The rules by which evidence becomes a state. Times are in units of the clock's timestamps.</summary>
/// <param name="Fall">Failures in a row that make a destination Down.</param>
/// <param name="Rise">Successes in a row that make it Up again.</param>
/// <param name="HoldDown">How long it must accept without a failure after its first relapse; twice as long after each further one.</param>
/// <param name="HoldDownMax">The longest hold-down.</param>
/// <param name="RelapseWindow">A failure so soon after a recovery is a relapse.</param>
internal sealed record HealthPolicy(int Fall, int Rise, long HoldDown, long HoldDownMax, long RelapseWindow)
{
    /// <summary>A failure within five minutes of a recovery is one more of the same trouble.</summary>
    private static readonly TimeSpan _relapseWindow = TimeSpan.FromMinutes(5);

    /// <summary>Reads the settings of a cluster.</summary>
    public static HealthPolicy From(HealthOptions options, long timestampFrequency) => new(
        options.Fall,
        options.Rise,
        options.HoldDown.ToTimestamp(timestampFrequency),
        options.HoldDownMax.ToTimestamp(timestampFrequency),
        _relapseWindow.ToTimestamp(timestampFrequency));

    /// <summary>How long a destination must accept without a failure before it is used again.</summary>
    /// <param name="relapses">How often it has failed soon after a recovery. A first failure is no relapse: a service that was restarted is
    /// used at once.</param>
    public long HoldAfter(int relapses) => relapses switch
    {
        <= 0 => 0,
        > 30 => HoldDownMax,
        _ => Math.Min(HoldDown << (relapses - 1), HoldDownMax),
    };
}
