namespace HaProxyNet.Tls.Hello;

/// <summary>Tells TLS from what it is not, by the fewest bytes, because a client of another protocol may send few and wait.</summary>
internal static class FirstBytes
{
    public const byte HandshakeRecord = 22;
    private const byte LowestRecord = 20;
    private const byte HighestRecord = 24;
    public const byte MajorVersion = 3;
    private const byte Ssl2Record = 0x80;
    private const byte HelloType = 1;

    /// <summary>The first header begins a handshake of TLS when there is neither a fault nor a need for more.</summary>
    public static HelloWalk Look(ReadOnlySpan<byte> wire)
    {
        if (wire.IsEmpty)
        {
            return HelloWalk.NeedMore(1);
        }

        if (wire[0] >= Ssl2Record)
        {
            return LookAtSsl2(wire);
        }

        if (wire[0] is < LowestRecord or > HighestRecord)
        {
            return HelloWalk.Failed(HelloFault.PlainText);
        }

        if (wire.Length < 2)
        {
            return HelloWalk.NeedMore(2);
        }

        if (wire[1] != MajorVersion)
        {
            return HelloWalk.Failed(HelloFault.PlainText);
        }

        return wire[0] == HandshakeRecord ? default : HelloWalk.Failed(HelloFault.NotAHello);
    }

    /// <summary>Two bytes of length whose highest bit is set, the type, and a version: 0.2 or 3.something.</summary>
    private static HelloWalk LookAtSsl2(ReadOnlySpan<byte> wire)
    {
        if (wire.Length < 3)
        {
            return HelloWalk.NeedMore(3);
        }

        if (wire[2] != HelloType)
        {
            return HelloWalk.Failed(HelloFault.PlainText);
        }

        if (wire.Length < 5)
        {
            return HelloWalk.NeedMore(5);
        }

        var isVersion = wire[3] == MajorVersion || (wire[3] == 0 && wire[4] == 2);
        return HelloWalk.Failed(isVersion ? HelloFault.Ssl2Hello : HelloFault.PlainText);
    }
}
