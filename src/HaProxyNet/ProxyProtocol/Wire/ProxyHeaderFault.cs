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
