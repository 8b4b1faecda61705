using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.FuzzTests.ProxyHeader;

/// <summary>
/// The same rules as the parser's, told in the most obvious way: regular expressions, the framework's addresses, copies, a checksum bit by
/// bit.
/// </summary>
internal static partial class ReferenceHeader
{
    private const int MostText = 107;
    private static readonly byte[] _signature = [.. "\r\n\r\n"u8, 0, .. "\r\nQUIT\n"u8];

    public static string Parse(byte[] wire)
    {
        if (wire.Length == 0)
        {
            return nameof(ProxyHeaderStatus.NeedMore);
        }

        return wire[0] == 'P' ? Text(wire) : Binary(wire);
    }

    private static string Text(byte[] wire)
    {
        var text = Encoding.Latin1.GetString(wire, 0, Math.Min(wire.Length, MostText));
        if (!text.StartsWith("PROXY ", StringComparison.Ordinal))
        {
            return "PROXY ".StartsWith(text, StringComparison.Ordinal)
                ? nameof(ProxyHeaderStatus.NeedMore)
                : nameof(ProxyHeaderStatus.NoHeader);
        }

        var end = text.IndexOfAny(['\r', '\n']);
        if (end < 0 || (text[end] == '\r' && end == text.Length - 1))
        {
            return text.Length == MostText ? nameof(ProxyHeaderStatus.Invalid) : nameof(ProxyHeaderStatus.NeedMore);
        }

        if (text[end] == '\n' || text[end + 1] != '\n')
        {
            return nameof(ProxyHeaderStatus.Invalid);
        }

        var words = text[..end].Split(' ');
        if (words[1] == "UNKNOWN")
        {
            return HeaderText.Complete(1, isLocal: true, null, end + 2, []);
        }

        return words is [_, "TCP4" or "TCP6", var source, var target, var sourcePort, var targetPort]
            && Address(source, words[1] == "TCP6") is { } from && Address(target, words[1] == "TCP6") is { } to
            && Port(sourcePort) is { } fromPort && Port(targetPort) is { } toPort
                ? HeaderText.Complete(1, isLocal: false, $"{new IPEndPoint(from, fromPort)} {new IPEndPoint(to, toPort)}", end + 2, [])
                : nameof(ProxyHeaderStatus.Invalid);
    }

    private static IPAddress? Address(string text, bool isIPv6) => isIPv6
        ? IPv6Letters().IsMatch(text)
            && text.Contains(':')
            && (!text.Contains('.') || IPv4().IsMatch(text[(text.LastIndexOf(':') + 1)..]))
            && IPAddress.TryParse(text, out var address) ? Plain(address) : null
        : IPv4().IsMatch(text) ? IPAddress.Parse(text) : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static ushort? Port(string text) => Number().IsMatch(text) && ushort.TryParse(text, out var port) ? port : null;

    private static string Binary(byte[] wire)
    {
        for (var i = 0; i < _signature.Length; i++)
        {
            if (i == wire.Length)
            {
                return nameof(ProxyHeaderStatus.NeedMore);
            }

            if (wire[i] != _signature[i])
            {
                return nameof(ProxyHeaderStatus.NoHeader);
            }
        }

        if (wire.Length < 16)
        {
            return nameof(ProxyHeaderStatus.NeedMore);
        }

        var (command, family, length) = (wire[12], wire[13], 16 + (256 * wire[14]) + wire[15]);
        if (command is not (0x20 or 0x21) || length > ProxyHeaderParser.MostBytes)
        {
            return nameof(ProxyHeaderStatus.Invalid);
        }

        int? addresses = (family >> 4) switch { 0 => 0, 1 => 12, 2 => 36, 3 => 216, _ => null };
        if (command == 0x21 && (addresses is not { } known || (family & 15) > 2 || length - 16 < known))
        {
            return nameof(ProxyHeaderStatus.Invalid);
        }

        if (wire.Length < length)
        {
            return nameof(ProxyHeaderStatus.NeedMore);
        }

        return command == 0x20
            ? HeaderText.Complete(2, isLocal: true, null, length, [])
            : Rest(wire[..length], family, 16 + addresses!.Value);
    }

    private static string Rest(byte[] header, byte family, int at)
    {
        var addresses = family switch
        {
            0x11 => Ends(header, 4),
            0x21 => Ends(header, 16),
            _ => null,
        };
        var tlvs = new List<string>();
        while (family >> 4 != 0 && at < header.Length)
        {
            if (at + 3 > header.Length || at + 3 + (256 * header[at + 1]) + header[at + 2] > header.Length)
            {
                return nameof(ProxyHeaderStatus.Invalid);
            }

            var end = at + 3 + (256 * header[at + 1]) + header[at + 2];
            var value = header[(at + 3)..end];
            if (header[at] == 3 && !IsChecksum(header, at + 3, value))
            {
                return nameof(ProxyHeaderStatus.Invalid);
            }

            tlvs.Add(HeaderText.Tlv(header[at], value));
            at = end;
        }

        return HeaderText.Complete(2, isLocal: false, addresses, header.Length, tlvs);
    }

    private static string Ends(byte[] header, int size)
    {
        var (source, target, ports) = (header[16..(16 + size)], header[(16 + size)..(16 + (2 * size))], header[(16 + (2 * size))..]);
        return $"{new IPEndPoint(Plain(new IPAddress(source)), (256 * ports[0]) + ports[1])} "
            + $"{new IPEndPoint(Plain(new IPAddress(target)), (256 * ports[2]) + ports[3])}";
    }

    private static bool IsChecksum(byte[] header, int at, byte[] value)
    {
        if (value.Length != 4)
        {
            return false;
        }

        var crc = uint.MaxValue;
        for (var i = 0; i < header.Length; i++)
        {
            crc ^= i >= at && i < at + 4 ? (byte)0 : header[i];
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return ~crc == ((uint)value[0] << 24 | (uint)value[1] << 16 | (uint)value[2] << 8 | value[3]);
    }

    [GeneratedRegex("^[0-9a-fA-F:.]+$", RegexOptions.None, 60_000)]
    private static partial Regex IPv6Letters();

    [GeneratedRegex("^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex IPv4();

    [GeneratedRegex("^(0|[1-9][0-9]{0,4})$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Number();
}
