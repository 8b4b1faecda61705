using System.Buffers;
using System.Text;

namespace HaProxyNet.Tls.Hello;

/// <summary>A host name as bytes: letters, digits, hyphens, and the underscore that some Windows names have.</summary>
internal static class DnsName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly SearchValues<byte> _letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"u8);

    /// <summary>
    /// The name in lower case and without the dot at its end. An address in digits is let through: some clients send one.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out string? name)
    {
        name = null;
        var rest = bytes.EndsWith((byte)'.') ? bytes[..^1] : bytes;
        if (rest.Length is 0 or > LongestName || !AreLabels(rest))
        {
            return false;
        }

        name = string.Create(rest.Length, rest, static (characters, source) =>
        {
            Encoding.ASCII.GetChars(source, characters);
            for (var i = 0; i < characters.Length; i++)
            {
                characters[i] = char.ToLowerInvariant(characters[i]);
            }
        });
        return true;
    }

    private static bool AreLabels(ReadOnlySpan<byte> name)
    {
        foreach (var range in name.Split((byte)'.'))
        {
            var label = name[range];
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(_letters))
            {
                return false;
            }
        }

        return true;
    }
}
