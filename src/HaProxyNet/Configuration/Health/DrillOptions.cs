using System.ComponentModel;

namespace HaProxyNet.Configuration.Health;

/// <summary>
/// One probe a day of every destination that carries no new connections, so that nobody learns in an outage that the standby is dead.
/// </summary>
public sealed class DrillOptions
{
    /// <summary>When, local time, <c>HH:mm</c>; empty: no drill.</summary>
    [Description("When every standby is proven, each day, local time, such as 03:30; empty for no drill.")]
    public string At { get; set; } = "";

    /// <summary>How; default: invisible. Tls, Http, Ldap and StatusServer take the keys of <c>Health</c>.</summary>
    [Description("How a standby is asked: HalfOpen is invisible, Connect is one real connect; the others take the keys of Health.")]
    public ProbeMethod Method { get; set; } = ProbeMethod.HalfOpen;
}
