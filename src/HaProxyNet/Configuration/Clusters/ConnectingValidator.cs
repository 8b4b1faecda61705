using System.Globalization;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>The times of connecting fit together.</summary>
internal sealed class ConnectingValidator : IOptionsValidator
{
    private static readonly TimeSpan _shortestKeepalive = TimeSpan.FromSeconds(2);

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            CheckUserTimeout(path.Child(nameof(ClusterOptions.UserTimeout)), cluster.UserTimeout, context.Faults);

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
            CheckUserTimeout(path.Child(nameof(ListenerOptions.UserTimeout)), listener.UserTimeout, context.Faults);
            if (listener.ConnectOn is not ConnectOn.FirstByte && listener.FirstByteTimeout != new ListenerOptions().FirstByteTimeout)
            {
                context.Faults.Warn(
                    path.Child(nameof(ListenerOptions.FirstByteTimeout)),
                    $"has no effect with ConnectOn {listener.ConnectOn}",
                    "ConnectOn FirstByte");
            }
        }
    }

    /// <summary>Keepalive counts in whole seconds: one until its first question, and one for the answer.</summary>
    private static void CheckUserTimeout(SettingPath path, TimeSpan userTimeout, FaultCollector faults)
    {
        if (userTimeout >= UserTimeoutAttribute.Shortest && userTimeout < _shortestKeepalive)
        {
            faults.Warn(
                path,
                $"is {userTimeout:c}, and keepalive takes {_shortestKeepalive.TotalSeconds} s at least: "
                    + "a peer that is gone while nothing is on its way is found then",
                "00:00:02 or more");
        }
    }
}
