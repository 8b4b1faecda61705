namespace HaProxyNet.Configuration.Tls;

/// <summary>What a listener does with TLS.</summary>
public enum TlsMode
{
    /// <summary>Nothing: bytes are bytes, whatever they are.</summary>
    None,

    /// <summary>The client's hello is read for its server name and passed on untouched; the destinations hold the certificate.</summary>
    Passthrough,

    /// <summary>TLS ends here, on the certificate of the name that clients use.</summary>
    Terminate,
}
