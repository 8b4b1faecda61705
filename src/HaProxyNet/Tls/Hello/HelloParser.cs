using System.Buffers;

namespace HaProxyNet.Tls.Hello;

/// <summary>
/// Reads the first message of a TLS client from the bytes as they came from the network. Pure: the same bytes give the same result; what
/// was decided stays decided however many bytes follow; nothing is allocated but what a complete hello holds. The time is linear in the
/// bytes.
/// </summary>
/// <remarks>
/// The limits are those of the TLS libraries behind: BoringSSL and what is built on it take no hello above 16 KB. Hellos with post-quantum
/// key shares have 1.5 to 5 KB.
/// </remarks>
internal static class HelloParser
{
    /// <summary>The longest message that is read, its header of 4 included; bytes.</summary>
    public const int LongestMessage = 16 * 1024;

    /// <summary>
    /// The most bytes that are looked at: the longest message in records of no less than 20 bytes, or a shorter one in smaller records.
    /// </summary>
    public const int MostBytes = 20 * 1024;

    /// <summary>Says what a client's first bytes are.</summary>
    /// <param name="wire">Everything that the client has sent, from its first byte on.</param>
    /// <param name="withAbilities">Whether to read what signatures the client can verify, which allocates.</param>
    public static HelloResult Parse(ReadOnlySpan<byte> wire, bool withAbilities = false)
    {
        var walk = HelloRecords.Walk(wire.Length > MostBytes ? wire[..MostBytes] : wire);
        if (walk.Fault is not HelloFault.None)
        {
            return HelloResult.Failed(walk.Fault);
        }

        return walk.AtLeast > 0 ? HelloResult.NeedMore(walk.AtLeast) : Read(wire, walk, withAbilities);
    }

    private static HelloResult Read(ReadOnlySpan<byte> wire, in HelloWalk walk, bool withAbilities)
    {
        if (walk.Records == 1)
        {
            return HelloMessage.Read(wire.Slice(HelloRecords.HeaderLength, walk.Length), walk, withAbilities);
        }

        var whole = ArrayPool<byte>.Shared.Rent(walk.Length);
        try
        {
            var message = whole.AsSpan(0, walk.Length);
            HelloRecords.Join(wire, message);
            return HelloMessage.Read(message, walk, withAbilities);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }
}
