using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>When and how a cluster goes back to a more preferred destination.</summary>
public sealed class FailbackOptions
{
    /// <summary>When new connections go back; default: at once.</summary>
    [Description("When new connections go back to a more preferred destination that accepts again.")]
    public FailbackMode Mode { get; set; } = FailbackMode.Immediate;

    /// <summary>How long it must have been up, with mode <see cref="FailbackMode.StableFor"/>; default: 2 minutes.</summary>
    [Duration(Zero = "at once"), Description("How long it must have been up, with Mode StableFor.")]
    public TimeSpan StableFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The days and times at which to go back, with mode <see cref="FailbackMode.Window"/>.</summary>
    [Description("The days and times at which to go back, with Mode Window.")]
    public FailbackWindowOptions Window { get; set; } = new();

    /// <summary>What happens to connections that are open on the destination that was active before; default: they go on.</summary>
    [Description("What happens, after a failback, to connections that are open on the destination that was active before.")]
    public FailbackSessions Sessions { get; set; } = FailbackSessions.Leave;

    /// <summary>
    /// How long a connection must have carried no byte, with <see cref="FailbackSessions.CloseWhenQuiet"/>; default: 5 s.
    /// </summary>
    [Duration, Description("How long a connection must have carried no byte before it is closed, with Sessions CloseWhenQuiet.")]
    public TimeSpan QuietFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long connections may go on, with <see cref="FailbackSessions.Deadline"/>; default: 10 minutes.</summary>
    [Duration, Description("How long after the failback connections may go on, with Sessions Deadline.")]
    public TimeSpan SessionsDeadline { get; set; } = TimeSpan.FromMinutes(10);
}
