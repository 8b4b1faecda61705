using System.Text;

namespace HaProxyNet.Tls.Hello;

/// <summary>Reads the extension that offers application protocols (ALPN): RFC 7301.</summary>
internal static class ProtocolList
{
    /// <summary>Reads them in the client's order, made-up ones (GREASE) left out. False for a list that is empty or broken.</summary>
    public static bool TryRead(ReadOnlySpan<byte> extension, out IReadOnlyList<string> protocols)
    {
        protocols = [];
        var reader = new HelloReader(extension);
        if (!reader.TryReadList(out var list) || list.IsEmpty || !reader.IsAtEnd)
        {
            return false;
        }

        var found = new List<string>();
        var names = new HelloReader(list);
        while (!names.IsAtEnd)
        {
            if (!names.TryReadShortList(out var name) || name.IsEmpty)
            {
                return false;
            }

            if (name.Length != 2 || !Grease.Is(name[0], name[1]))
            {
                found.Add(Text(name));
            }
        }

        protocols = found;
        return true;
    }

    /// <summary>Names are bytes; what could deceive the reader of a log is written as hexadecimal.</summary>
    private static string Text(ReadOnlySpan<byte> name)
        => name.ContainsAnyExceptInRange((byte)'!', (byte)'~') || name.Contains((byte)'"')
            ? "0x" + Convert.ToHexString(name)
            : Encoding.ASCII.GetString(name);
}
