namespace HaProxyNet.Tls.Hello;

/// <summary>Reads the extension that names the host: RFC 6066, section 3.</summary>
internal static class ServerNameList
{
    private const byte HostNameType = 0;

    /// <summary>Reads the one host name; names of other kinds, of which none was ever defined, are passed over.</summary>
    public static HelloFault Read(ReadOnlySpan<byte> extension, out string? name)
    {
        name = null;
        var reader = new HelloReader(extension);
        if (!reader.TryReadList(out var list) || list.IsEmpty || !reader.IsAtEnd)
        {
            return HelloFault.ServerName;
        }

        var names = new HelloReader(list);
        var found = ReadOnlySpan<byte>.Empty;
        while (!names.IsAtEnd)
        {
            if (!names.TryReadByte(out var type) || !names.TryReadList(out var content) || content.IsEmpty)
            {
                return HelloFault.ServerName;
            }

            if (type == HostNameType && !found.IsEmpty)
            {
                return HelloFault.SeveralServerNames;
            }

            found = type == HostNameType ? content : found;
        }

        return found.IsEmpty || DnsName.TryRead(found, out name) ? HelloFault.None : HelloFault.ServerName;
    }
}
