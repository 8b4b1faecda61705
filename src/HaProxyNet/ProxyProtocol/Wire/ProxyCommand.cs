namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>Whose connection a header introduces.</summary>
internal enum ProxyCommand
{
    /// <summary>A client's.</summary>
    Proxy,

    /// <summary>The sender's own, such as a health check: LOCAL in version 2, UNKNOWN in version 1.</summary>
    Local,
}
