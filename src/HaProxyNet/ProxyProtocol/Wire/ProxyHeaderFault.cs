namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>What is wrong with a header.</summary>
internal enum ProxyHeaderFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is longer than is read.</summary>
    TooLong,

    /// <summary>Version 1: the line does not end as it must.</summary>
    LineEnd,

    /// <summary>Version 1: the line has not the six words that it must have.</summary>
    Words,

    /// <summary>An address cannot be read.</summary>
    Address,

    /// <summary>A port cannot be read.</summary>
    Port,

    /// <summary>The version is neither 1 nor 2.</summary>
    Version,

    /// <summary>The command is neither LOCAL nor PROXY.</summary>
    Command,

    /// <summary>The family or the transport is none that the protocol knows.</summary>
    Family,

    /// <summary>The length has no room for the addresses.</summary>
    Length,

    /// <summary>An extension is longer than what is left of the header.</summary>
    Extension,

    /// <summary>The checksum does not fit the bytes.</summary>
    Checksum,
}

/// <summary>The words for what is wrong with a header.</summary>
internal static class ProxyHeaderFaults
{
    /// <summary>The end of a sentence for the log.</summary>
    public static string Words(this ProxyHeaderFault fault) => fault switch
    {
        ProxyHeaderFault.TooLong => "it is longer than is read",
        ProxyHeaderFault.LineEnd => "its line does not end with CR LF",
        ProxyHeaderFault.Words => "its line is not PROXY, a family, two addresses and two ports",
        ProxyHeaderFault.Address => "an address cannot be read",
        ProxyHeaderFault.Port => "a port cannot be read",
        ProxyHeaderFault.Version => "its version is neither 1 nor 2",
        ProxyHeaderFault.Command => "its command is neither LOCAL nor PROXY",
        ProxyHeaderFault.Family => "its address family or transport is unknown",
        ProxyHeaderFault.Length => "its length has no room for its addresses",
        ProxyHeaderFault.Extension => "an extension (TLV) is longer than the header",
        ProxyHeaderFault.Checksum => "its checksum (CRC32c) is wrong",
        _ => "",
    };
}
