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
}
