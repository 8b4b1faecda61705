using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Transport;

namespace HaProxyNet.State;

/// <summary>When a cluster goes back to a more preferred destination. Times are in units of the clock's timestamps.</summary>
/// <param name="Mode">The rule.</param>
/// <param name="StableFor">How long the destination must have been up, for that rule.</param>
/// <param name="Window">The days and times, for that rule.</param>
internal sealed record FailbackPolicy(FailbackMode Mode, long StableFor, FailbackWindow? Window)
{
    /// <summary>Reads the settings of a cluster.</summary>
    public static FailbackPolicy From(FailbackOptions options, long timestampFrequency)
        => new(options.Mode, options.StableFor.ToTimestamp(timestampFrequency), FailbackWindow.Read(options.Window));
}
