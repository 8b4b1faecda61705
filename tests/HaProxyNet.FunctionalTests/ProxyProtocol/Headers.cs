using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>PROXY headers written byte by byte, as the specification has them and without the proxy's own code.</summary>
internal static class Headers
{
    /// <summary>The client, as the load balancer says, and what it connected to.</summary>
    public static readonly IPEndPoint Client = new(IPAddress.Parse("198.51.100.7"), 40001);
    public static readonly IPEndPoint Target = new(IPAddress.Parse("203.0.113.9"), 443);

    public const int Version = 0x21;
    public const int CommonName = 0x22;

    private static readonly byte[] _signature = [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public static byte[] V1(IPEndPoint client)
        => Encoding.ASCII.GetBytes($"PROXY TCP4 {client.Address} {Target.Address} {client.Port} {Target.Port}\r\n");

    public static byte[] V2(IPEndPoint client, params byte[] tlvs) => V2(
        0x21, 0x11, [.. client.Address.GetAddressBytes(), .. Target.Address.GetAddressBytes(), .. Port(client), .. Port(Target), .. tlvs]);

    public static byte[] Local() => V2(0x20, 0x00, []);

    public static byte[] V2(byte command, byte family, byte[] rest, int? length = null)
    {
        var header = new byte[16 + rest.Length];
        _signature.CopyTo(header, 0);
        (header[12], header[13]) = (command, family);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(length ?? rest.Length));
        rest.CopyTo(header, 16);
        return header;
    }

    public static byte[] Tlv(int type, string value) => Tlv(type, Encoding.UTF8.GetBytes(value));

    public static byte[] Tlv(int type, params byte[] value) => [(byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    /// <summary>The extension that says how a client used TLS.</summary>
    public static byte[] Ssl(byte flags, uint verify, params byte[] inner)
        => Tlv(0x20, [flags, (byte)(verify >> 24), (byte)(verify >> 16), (byte)(verify >> 8), (byte)verify, .. inner]);

    private static byte[] Port(IPEndPoint end) => [(byte)(end.Port >> 8), (byte)end.Port];
}
