namespace HaProxyNet.Configuration.Health;

/// <summary>How a destination is asked.</summary>
public enum ProbeMethod
{
    /// <summary>SYN, SYN-ACK, RST: the server's accept() never returns. Linux only; elsewhere <see cref="Connect"/> is used.</summary>
    HalfOpen,

    /// <summary>Connects and resets at once, without a byte.</summary>
    Connect,

    /// <summary>A TLS handshake, closed in order.</summary>
    Tls,

    /// <summary>One GET, answered with the expected status.</summary>
    Http,

    /// <summary>A search of the rootDSE, anonymous.</summary>
    Ldap,

    /// <summary>RADIUS' own question whether a server serves (RFC 5997), over TLS (RadSec).</summary>
    StatusServer,
}

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
        ProbeMethod.StatusServer => "status_server",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    /// <summary>Whether the method asks more than whether the destination accepts.</summary>
    public static bool IsBeyondConnect(this ProbeMethod method) => method is not (ProbeMethod.HalfOpen or ProbeMethod.Connect);
}
