namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>
/// Reads a header of the PROXY protocol, version 1 or 2, from the first bytes of a connection. Pure: the same bytes give the same result;
/// what was decided stays decided however many bytes follow; nothing is allocated.
/// </summary>
/// <remarks>
/// The rules are those of haproxy.org's proxy-protocol.txt. Where it leaves a choice, docs/proxy-protocol.md says which is made here.
/// </remarks>
internal static class ProxyHeaderParser
{
    /// <summary>
    /// The most bytes that are read. A header with a client's certificate in it has some thousand; the usual ones have 16 to 250.
    /// </summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>How many bytes say for sure whether they begin a header.</summary>
    public const int SignatureBytes = BinaryHeader.SignatureLength;

    /// <summary>Says what the first bytes are.</summary>
    /// <param name="wire">Everything that has come, from the first byte on.</param>
    public static ProxyHeaderResult Parse(ReadOnlySpan<byte> wire) => wire switch
    {
        [] => ProxyHeaderResult.NeedMore(1),
        [TextHeader.FirstByte, ..] => TextHeader.Parse(wire),
        [BinaryHeader.FirstByte, ..] => BinaryHeader.Parse(wire),
        _ => ProxyHeaderResult.None,
    };

    /// <summary>Whether the first bytes begin a header, complete or not, right or wrong; null: there are too few to say.</summary>
    public static bool? IsHeader(ReadOnlySpan<byte> wire) => wire switch
    {
        [] => null,
        [TextHeader.FirstByte, ..] => Begins(wire, TextHeader.Signature),
        [BinaryHeader.FirstByte, ..] => Begins(wire, BinaryHeader.Signature),
        _ => false,
    };

    /// <summary>Whether bytes begin with all of these; null: so far they do, and there are fewer.</summary>
    internal static bool? Begins(ReadOnlySpan<byte> wire, ReadOnlySpan<byte> signature)
        => !signature.StartsWith(wire[..Math.Min(wire.Length, signature.Length)]) ? false
            : wire.Length >= signature.Length ? true
            : null;
}
