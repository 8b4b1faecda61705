using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>How long a client stays with its destination, with policy <see cref="SelectionPolicy.SourceAddress"/>.</summary>
public sealed class StickinessOptions
{
    /// <summary>How long after its last connection a client is remembered; default: 1 h.</summary>
    [Duration, Description("How long after its last connection a client keeps its destination, with Policy SourceAddress.")]
    public TimeSpan Expiry { get; set; } = TimeSpan.FromHours(1);
}
