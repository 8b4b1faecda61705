using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Logs;

/// <summary>Which log lines the connections of a listener have besides the one at their end.</summary>
public sealed class ListenerLogOptions
{
    /// <summary>A line when a destination has accepted.</summary>
    [Description("A line when a destination has accepted: before an RPC of minutes has ended, it says where it went.")]
    public bool AtStart { get; set; }

    /// <summary>A line each time that so much time has passed while a connection lasts. Zero: none; otherwise one second or more.</summary>
    [Duration(Zero = "none"), Description(
        "A line each time that so much time has passed while a connection lasts, with its bytes so far. One second or more.")]
    public TimeSpan Every { get; set; }
}
