using System.Buffers;
using System.Text;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Tls.Hello;

/// <summary>A host name as bytes.</summary>
internal static class DnsName
{
    /// <summary>
    /// The name in lower case and without the dot at its end. An address in digits is let through: some clients send one.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out string? name)
    {
        name = null;
        Span<char> characters = stackalloc char[HostName.LongestName];
        var rest = bytes.EndsWith((byte)'.') ? bytes[..^1] : bytes;
        if (rest.Length > characters.Length
            || Ascii.ToLower(rest, characters, out var count) is not OperationStatus.Done
            || !HostName.AreLabels(characters[..count]))
        {
            return false;
        }

        name = characters[..count].ToString();
        return true;
    }
}
