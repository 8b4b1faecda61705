using System.Globalization;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>The times of connecting fit together.</summary>
internal sealed class ConnectingValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            // A range fault is reported with the range; Auto never reaches ConnectTimeout.
            if (TimeSpan.TryParse(cluster.HedgeAfter, CultureInfo.InvariantCulture, out var hedgeAfter)
                && hedgeAfter >= cluster.ConnectTimeout && cluster.ConnectTimeout > TimeSpan.Zero)
            {
                context.Faults.Add(
                    path.Child(nameof(ClusterOptions.HedgeAfter)),
                    $"is {hedgeAfter}, and the attempt ends after ConnectTimeout {cluster.ConnectTimeout} already",
                    "a time below ConnectTimeout, or 00:00:00 for no hedging");
            }
        }

        foreach (var (path, _, listener) in context.Listeners)
        {
            if (listener.ConnectOn is not ConnectOn.FirstByte && listener.FirstByteTimeout != new ListenerOptions().FirstByteTimeout)
            {
                context.Faults.Warn(
                    path.Child(nameof(ListenerOptions.FirstByteTimeout)),
                    $"has no effect with ConnectOn {listener.ConnectOn}",
                    "ConnectOn FirstByte");
            }
        }
    }
}
