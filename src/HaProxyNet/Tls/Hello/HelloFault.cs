namespace HaProxyNet.Tls.Hello;

/// <summary>Why first bytes are not a hello.</summary>
internal enum HelloFault
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The first bytes are no TLS record.</summary>
    PlainText,

    /// <summary>A hello in the style of SSL 2, which names no host.</summary>
    Ssl2Hello,

    /// <summary>A TLS record or message of another kind comes first.</summary>
    NotAHello,

    /// <summary>A record is empty, or longer than 16 KB.</summary>
    RecordLength,

    /// <summary>Another kind of record comes before the end of the hello.</summary>
    RecordBetween,

    /// <summary>The version is none of SSL 3 or TLS.</summary>
    Version,

    /// <summary>A length within the message does not fit.</summary>
    Length,

    /// <summary>The same extension is there twice.</summary>
    DuplicateExtension,

    /// <summary>The server name is no DNS name, or its list is empty or broken.</summary>
    ServerName,

    /// <summary>There is more than one host name.</summary>
    SeveralServerNames,

    /// <summary>The list of application protocols is empty or broken.</summary>
    Protocols,

    /// <summary>The list of versions is empty or broken.</summary>
    SupportedVersions,

    /// <summary>The message is longer than is read.</summary>
    TooLarge,
}
