using System.Net;
using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.ProxyProtocol;

/// <summary>A client that a load balancer in front has introduced by a PROXY header.</summary>
/// <param name="Client">Its address and port.</param>
/// <param name="Target">What it connected to, at the load balancer.</param>
/// <param name="Tlvs">What else was said of it, to be passed on: the extensions as they came, without checksum and padding.</param>
internal sealed record IntroducedClient(IPEndPoint Client, IPEndPoint Target, byte[] Tlvs)
{
    /// <summary>The most bytes of extensions that are kept for a destination; of longer ones, none is.</summary>
    public const int MostTlvs = 1024;

    /// <summary>Reads a header; null when it introduces nobody: the connection is the load balancer's own.</summary>
    public static IntroducedClient? From(in ProxyHeader header, ReadOnlySpan<byte> wire)
        => header.Addresses is { } addresses ? new(addresses.Client, addresses.Target, Keep(header.Tlvs(wire))) : null;

    private static byte[] Keep(TlvReader tlvs)
    {
        Span<byte> kept = stackalloc byte[MostTlvs];
        var length = 0;
        foreach (var tlv in tlvs)
        {
            if (tlv.Type is TlvType.Crc32C or TlvType.Noop)
            {
                continue;
            }

            if (length + Tlv.HeadLength + tlv.Value.Length > MostTlvs)
            {
                return [];
            }

            length += tlv.WriteTo(kept[length..]);
        }

        return kept[..length].ToArray();
    }
}
