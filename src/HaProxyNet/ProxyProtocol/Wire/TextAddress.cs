using System.Buffers;
using System.Globalization;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>IP addresses as version 1 writes them: four decimal numbers, or the text form of RFC 4291 without a zone. Pure.</summary>
internal static class TextAddress
{
    private const int Groups = 8;
    private const int GroupBits = 16;
    private const int MostDigits = 4;
    private static readonly SearchValues<byte> _hexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Reads an address of one family; IPv4 becomes its IPv4-mapped form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, bool isIPv6, out UInt128 address)
    {
        if (isIPv6)
        {
            return TryParseIPv6(text, out address);
        }

        var isAddress = TryParseIPv4(text, out var bits);
        address = ProxyAddresses.FromIPv4(bits);
        return isAddress;
    }

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        for (var part = 0; part < 4; part++)
        {
            var dot = text.IndexOf((byte)'.');
            if (dot < 0 != (part == 3) || !DecimalNumber.TryParse(dot < 0 ? text : text[..dot], byte.MaxValue, out var number))
            {
                return false;
            }

            address = (address << 8) | (uint)number;
            text = dot < 0 ? [] : text[(dot + 1)..];
        }

        return true;
    }

    /// <summary>
    /// Groups before a double colon count from the left, those behind it from the right; an IPv4 address at the end is two groups.
    /// </summary>
    private static bool TryParseIPv6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        var gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return TryGroups(text, mayBeEmpty: false, mayEndIPv4: true, out address, out var all) && all == Groups;
        }

        address = 0;
        if (!TryGroups(text[..gap], mayBeEmpty: true, mayEndIPv4: false, out var left, out var before)
            || !TryGroups(text[(gap + 2)..], mayBeEmpty: true, mayEndIPv4: true, out var right, out var behind)
            || before + behind >= Groups)
        {
            return false;
        }

        // A shift by all 128 bits would be none.
        address = (before == 0 ? 0 : left << (GroupBits * (Groups - before))) | right;
        return true;
    }

    private static bool TryGroups(ReadOnlySpan<byte> text, bool mayBeEmpty, bool mayEndIPv4, out UInt128 bits, out int count)
    {
        (bits, count) = (0, 0);
        if (text.IsEmpty)
        {
            return mayBeEmpty;
        }

        while (count < Groups)
        {
            var colon = text.IndexOf((byte)':');
            if (colon < 0 && mayEndIPv4 && TryParseIPv4(text, out var tail))
            {
                (bits, count) = ((bits << 32) | tail, count + 2);
                return count <= Groups;
            }

            if (!TryGroup(colon < 0 ? text : text[..colon], out var group))
            {
                return false;
            }

            (bits, count) = ((bits << GroupBits) | group, count + 1);
            if (colon < 0)
            {
                return true;
            }

            text = text[(colon + 1)..];
        }

        return false;
    }

    private static bool TryGroup(ReadOnlySpan<byte> text, out uint group)
    {
        group = 0;

        // .NET's own parser takes zero bytes behind a number.
        return text.Length is > 0 and <= MostDigits && !text.ContainsAnyExcept(_hexDigits)
            && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out group);
    }
}
