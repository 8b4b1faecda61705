namespace HaProxyNet.ProxyProtocol.Wire;

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
