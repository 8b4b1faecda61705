namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>Version 1: one line of text, such as <c>PROXY TCP4 198.51.100.7 203.0.113.1 40000 443</c>. Pure.</summary>
internal static class TextHeader
{
    /// <summary>The first byte of <see cref="Signature"/>.</summary>
    public const byte FirstByte = (byte)'P';

    /// <summary>The longest line, with its end.</summary>
    public const int MostBytes = 107;

    private const byte Return = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const byte Space = (byte)' ';

    /// <summary>What a line begins with.</summary>
    public static ReadOnlySpan<byte> Signature => "PROXY "u8;

    /// <summary>What a line begins with whose sender has no addresses to tell.</summary>
    public static ReadOnlySpan<byte> Unknown => "UNKNOWN"u8;

    /// <summary>What follows the signature for IPv4.</summary>
    public static ReadOnlySpan<byte> Tcp4 => "TCP4"u8;

    /// <summary>What follows the signature for IPv6.</summary>
    public static ReadOnlySpan<byte> Tcp6 => "TCP6"u8;

    /// <summary>Reads bytes that begin as the signature does.</summary>
    public static ProxyHeaderResult Parse(ReadOnlySpan<byte> wire)
    {
        if (ProxyHeaderParser.Begins(wire, Signature) is not true and var begins)
        {
            return begins is null ? ProxyHeaderResult.NeedMore(wire.Length + 1) : ProxyHeaderResult.None;
        }

        var line = wire[..Math.Min(wire.Length, MostBytes)];
        var end = line.IndexOfAny(Return, LineFeed);
        if (end < 0 || (line[end] == Return && end + 1 == line.Length))
        {
            return line.Length == MostBytes
                ? ProxyHeaderResult.Invalid(ProxyHeaderFault.TooLong)
                : ProxyHeaderResult.NeedMore(wire.Length + 1);
        }

        if (line[end] != Return || line[end + 1] != LineFeed)
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.LineEnd);
        }

        return Read(line[Signature.Length..end], end + 2);
    }

    /// <summary>Reads what stands between the signature and the end of the line.</summary>
    private static ProxyHeaderResult Read(ReadOnlySpan<byte> rest, int length)
    {
        var family = Word(ref rest);
        if (family.SequenceEqual(Unknown))
        {
            // Whatever follows it is to be ignored.
            return ProxyHeaderResult.Complete(new(1, ProxyCommand.Local, Addresses: null, length, length));
        }

        var isIPv6 = family.SequenceEqual(Tcp6);
        if (!isIPv6 && !family.SequenceEqual(Tcp4))
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Family);
        }

        var source = Word(ref rest);
        var destination = Word(ref rest);
        var sourcePort = Word(ref rest);
        if (source.IsEmpty || destination.IsEmpty || sourcePort.IsEmpty || rest.IsEmpty)
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Words);
        }

        if (!TextAddress.TryParse(source, isIPv6, out var from) || !TextAddress.TryParse(destination, isIPv6, out var to))
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Address);
        }

        return TryPort(sourcePort, out var fromPort) && TryPort(rest, out var toPort)
            ? ProxyHeaderResult.Complete(new(1, ProxyCommand.Proxy, new(from, fromPort, to, toPort), length, length))
            : ProxyHeaderResult.Invalid(ProxyHeaderFault.Port);
    }

    /// <summary>Takes what stands before the next space, and the space.</summary>
    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> rest)
    {
        var space = rest.IndexOf(Space);
        var word = space < 0 ? rest : rest[..space];
        rest = space < 0 ? [] : rest[(space + 1)..];
        return word;
    }

    private static bool TryPort(ReadOnlySpan<byte> text, out ushort port)
    {
        var isNumber = DecimalNumber.TryParse(text, ushort.MaxValue, out var number);
        port = (ushort)number;
        return isNumber;
    }
}
