using System.ComponentModel;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>What happens when a destination goes down, besides the failover of new connections.</summary>
public sealed class WhenDownOptions
{
    /// <summary>What happens to the connections that are open on it; default: they go on.</summary>
    [Description("What happens to connections that are open on a destination that goes down.")]
    public FailureSessions Sessions { get; set; } = FailureSessions.Leave;
}
