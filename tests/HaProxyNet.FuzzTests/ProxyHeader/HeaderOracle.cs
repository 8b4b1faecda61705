using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.FuzzTests.ProxyHeader;

/// <summary>What must be true of the parser for any bytes whatever. Every span has the exact size of what is in it.</summary>
internal static class HeaderOracle
{
    /// <summary>What is not true; null when all is. The random numbers choose where to cut.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> wire, Random random)
    {
        var result = ProxyHeaderParser.Parse(wire);
        var said = HeaderText.Of(result, wire);
        var reference = ReferenceHeader.Parse(wire.ToArray());
        if (said != reference)
        {
            return $"the parser says '{said}', the reference '{reference}'";
        }

        return FaultOfCut(wire, result, random.Next(wire.Length + 1)) ?? FaultOfBounds(wire, result) ?? FaultOfReturn(wire, result);
    }

    /// <summary>A part of the bytes needs more, or says the same: nothing that was said is taken back when more bytes come.</summary>
    public static string? FaultOfCut(ReadOnlySpan<byte> wire, in ProxyHeaderResult result, int cut)
    {
        var early = ProxyHeaderParser.Parse(wire[..cut]);
        if (early.Status is not ProxyHeaderStatus.NeedMore)
        {
            return early == result ? null : $"the first {cut} bytes say {early}, all of them {result}";
        }

        return early.AtLeast <= cut || early.AtLeast > ProxyHeaderParser.MostBytes ? $"the first {cut} bytes need at least {early.AtLeast}"
            : early.AtLeast <= wire.Length && ProxyHeaderParser.Parse(wire[..(early.AtLeast - 1)]).Status is not ProxyHeaderStatus.NeedMore
                ? $"the first {cut} bytes need at least {early.AtLeast}, but one less is enough"
                : result.Status is ProxyHeaderStatus.Complete
                    && early.AtLeast > result.Header.Length ? $"{early.AtLeast} bytes are more than the header has"
                    : null;
    }

    private static string? FaultOfBounds(ReadOnlySpan<byte> wire, in ProxyHeaderResult result)
    {
        var isHeader = ProxyHeaderParser.IsHeader(wire);
        return (result.Status, isHeader) switch
        {
            (ProxyHeaderStatus.Complete or ProxyHeaderStatus.Invalid, not true) => "a header that is none",
            (ProxyHeaderStatus.NoHeader, not false) => "no header that is one",
            (ProxyHeaderStatus.NeedMore, false) => "no header that may become one",
            (ProxyHeaderStatus.NeedMore, null) when wire.Length >= ProxyHeaderParser.SignatureBytes => "so many bytes, and no decision",
            (ProxyHeaderStatus.Invalid, _) when result.Fault is ProxyHeaderFault.None => "a fault without a reason",
            (ProxyHeaderStatus.Complete, _) when result.Header.Length > wire.Length || result.Header.TlvStart > result.Header.Length
                => "longer than the bytes",
            _ => null,
        };
    }

    /// <summary>What was read and is written is read again as the same; with a checksum as well.</summary>
    private static string? FaultOfReturn(ReadOnlySpan<byte> wire, in ProxyHeaderResult result)
    {
        if (result is not { Status: ProxyHeaderStatus.Complete, Header.Addresses: { } addresses })
        {
            return null;
        }

        Span<byte> line = stackalloc byte[TextHeader.MostBytes];
        var text = ProxyHeaderParser.Parse(line[..TextHeaderWriter.Write(line, addresses)]);
        var again = new byte[result.Header.Length + 64];
        var writer = new BinaryHeaderWriter(again, addresses);
        foreach (var tlv in result.Header.Tlvs(wire))
        {
            if (tlv.Type is not TlvType.Crc32C)
            {
                writer.Add(tlv.Type, tlv.Value);
            }
        }

        var binary = ProxyHeaderParser.Parse(again.AsSpan(0, writer.Finish(withChecksum: true)));
        return text.Header.Addresses != addresses ? $"as text it is {text}"
            : binary.Header.Addresses != addresses && binary.Fault is not ProxyHeaderFault.TooLong ? $"written again it is {binary}"
            : null;
    }
}
