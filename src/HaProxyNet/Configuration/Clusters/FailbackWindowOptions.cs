using System.ComponentModel;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>The days and times at which a cluster may go back, in the local time of the machine.</summary>
public sealed class FailbackWindowOptions
{
    /// <summary>The days on which the window opens; default: every day.</summary>
    [Description("The days on which the window opens, such as Saturday; every day when empty.")]
    public IList<DayOfWeek> Days { get; set; } = [];

    /// <summary>When the window opens, <c>HH:mm</c>.</summary>
    [Description("When the window opens, local time, such as 02:00.")]
    public string From { get; set; } = "";

    /// <summary>When it closes, <c>HH:mm</c>; before <see cref="From"/> means on the next day.</summary>
    [Description("When the window closes, local time, such as 04:30; before From means on the next day.")]
    public string To { get; set; } = "";
}
