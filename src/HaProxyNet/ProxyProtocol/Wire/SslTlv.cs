namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>How an extension <see cref="TlvType.Ssl"/> begins: numbers of the PROXY protocol's specification, version 2.</summary>
internal static class SslTlv
{
    /// <summary>The bytes of the flags and of the verification's result; what follows are extensions in the extension.</summary>
    public const int HeadLength = 5;

    /// <summary>Flag: the client connected by TLS.</summary>
    public const byte ByTls = 0x01;

    /// <summary>Flag: the client has shown a certificate on this connection.</summary>
    public const byte CertificateShown = 0x02;

    /// <summary>Flag: the client has shown a certificate in this session of TLS.</summary>
    public const byte CertificateInSession = 0x04;
}
