using System.ComponentModel;
using System.Text.Json.Serialization;

namespace HaProxyNet.Configuration;

/// <summary>Destinations that can stand in for one another, and how to choose between them.</summary>
public sealed class ClusterOptions
{
    /// <summary>The destinations in order of preference: the primary first.</summary>
    [JsonRequired, Description("The destinations in order of preference: the primary first.")]
    public IList<DestinationOptions> Destinations { get; set; } = [];

    /// <summary>How long one connect attempt may take before the next destination is tried. More than zero; 3 s unless told.</summary>
    [Duration, Description("How long one connect attempt may take before the next destination is tried.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a connection may carry no byte in either direction before it is reset. Zero, the default, means for ever:
    /// an RPC may be silent for ten minutes.
    /// </summary>
    [Duration(Zero = "no limit"), Description("How long a connection may carry no byte in either direction before it is reset; zero means for ever.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>How a destination that is down is found to be up again.</summary>
    [Description("How a destination that is down is found to be up again.")]
    public HealthOptions Health { get; set; } = new();
}
