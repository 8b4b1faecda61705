using HaProxyNet.Configuration.Clusters;

namespace HaProxyNet.State;

/// <summary>What happens to open connections when the active destination changes.</summary>
/// <param name="AtFailback">On the destination that was active before.</param>
/// <param name="QuietFor">How long without a byte counts as quiet.</param>
/// <param name="Deadline">How long they may go on after a failback.</param>
/// <param name="AtFailure">On a destination that goes down.</param>
internal sealed record SessionPolicy(FailbackSessions AtFailback, TimeSpan QuietFor, TimeSpan Deadline, FailureSessions AtFailure)
{
    /// <summary>Reads the settings of a cluster.</summary>
    public static SessionPolicy From(ClusterOptions options)
        => new(options.Failback.Sessions, options.Failback.QuietFor, options.Failback.SessionsDeadline, options.WhenDown.Sessions);
}
