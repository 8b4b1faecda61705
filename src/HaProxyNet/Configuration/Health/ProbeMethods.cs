namespace HaProxyNet.Configuration.Health;

/// <summary>The words for methods of probes.</summary>
internal static class ProbeMethods
{
    /// <summary>The label of a method in metrics and logs.</summary>
    public static string Label(this ProbeMethod method) => method switch
    {
        ProbeMethod.HalfOpen => "half_open",
        ProbeMethod.Connect => "connect",
        ProbeMethod.Tls => "tls",
        ProbeMethod.Http => "http",
        ProbeMethod.Ldap => "ldap",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    /// <summary>Whether the method asks more than whether the destination accepts.</summary>
    public static bool IsBeyondConnect(this ProbeMethod method) => method is not (ProbeMethod.HalfOpen or ProbeMethod.Connect);
}
