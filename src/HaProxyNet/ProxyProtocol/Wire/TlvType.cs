namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>The kinds of extensions of version 2 that have a meaning here. There are others; they are passed on or skipped.</summary>
internal enum TlvType : byte
{
    /// <summary>The application protocol that TLS has agreed on.</summary>
    Alpn = 0x01,

    /// <summary>The host name that the client asked for.</summary>
    Authority = 0x02,

    /// <summary>The checksum of the header.</summary>
    Crc32C = 0x03,

    /// <summary>Nothing: padding.</summary>
    Noop = 0x04,

    /// <summary>A name for the connection that its first proxy has given it.</summary>
    UniqueId = 0x05,

    /// <summary>How the client used TLS; it holds extensions of its own.</summary>
    Ssl = 0x20,

    /// <summary>Within <see cref="Ssl"/>: the version of TLS.</summary>
    SslVersion = 0x21,

    /// <summary>Within <see cref="Ssl"/>: the common name of the client's certificate.</summary>
    SslCommonName = 0x22,

    /// <summary>Within <see cref="Ssl"/>: the cipher suite.</summary>
    SslCipher = 0x23,

    /// <summary>Within <see cref="Ssl"/>: what the certificate that the client was shown is signed with.</summary>
    SslSignatureAlgorithm = 0x24,

    /// <summary>Within <see cref="Ssl"/>: the kind of that certificate's key, and its bits.</summary>
    SslKeyAlgorithm = 0x25,
}
