namespace HaProxyNet.Configuration.ProxyProtocol;

/// <summary>Which PROXY header a destination gets before the client's first byte.</summary>
public enum ProxyProtocolVersion
{
    /// <summary>None.</summary>
    None,

    /// <summary>Version 1: a line of text with the client's address.</summary>
    V1,

    /// <summary>Version 2: binary, with what the client's TLS says of it where TLS ends at the listener.</summary>
    V2,
}
