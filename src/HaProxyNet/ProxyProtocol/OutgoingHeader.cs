using System.Text;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.ProxyProtocol.Wire;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.ProxyProtocol;

/// <summary>What a destination is told of a client. Pure.</summary>
internal static class OutgoingHeader
{
    /// <summary>
    /// Room for every header that is written: addresses, four names of at most <see cref="LongestName"/>, three short words, and what is
    /// passed on.
    /// </summary>
    public const int MostBytes = 2304;

    /// <summary>A longer one is left out: half a name could be somebody else's.</summary>
    private const int LongestName = 255;

    private static readonly byte[] _unknown = TextHeaderWriter.Unknown.ToArray();
    private static readonly byte[] _local = BinaryHeaderWriter.Local.ToArray();

    /// <summary>Writes the header of a client's connection, and returns its length.</summary>
    /// <param name="into">Room for <see cref="MostBytes"/>.</param>
    /// <param name="version">1 or 2.</param>
    /// <param name="addresses">The client's addresses.</param>
    /// <param name="tls">What its TLS has agreed on, where that ends here; null elsewhere.</param>
    /// <param name="passedOn">The extensions with which a load balancer in front has introduced it.</param>
    public static int Write(
        Span<byte> into,
        ProxyProtocolVersion version,
        in ProxyAddresses addresses,
        TlsFacts? tls,
        ReadOnlySpan<byte> passedOn)
    {
        if (version is ProxyProtocolVersion.V1)
        {
            return TextHeaderWriter.Write(into, addresses);
        }

        var writer = new BinaryHeaderWriter(into, addresses);
        if (tls is not null)
        {
            AddName(ref writer, TlvType.Alpn, tls.Alpn);
            AddName(ref writer, TlvType.Authority, tls.ServerName);
            AddSsl(ref writer, tls);
        }

        foreach (var tlv in new TlvReader(passedOn))
        {
            // What is known here by the client's own word goes before what is said of another session.
            if (tls is null || tlv.Type is not (TlvType.Alpn or TlvType.Authority or TlvType.Ssl))
            {
                writer.Add(tlv.Type, tlv.Value);
            }
        }

        return writer.Finish();
    }

    /// <summary>The header of the proxy's own connection, such as a probe; empty where destinations get none.</summary>
    public static ReadOnlyMemory<byte> Own(ProxyProtocolVersion version) => version switch
    {
        ProxyProtocolVersion.V1 => _unknown,
        ProxyProtocolVersion.V2 => _local,
        _ => default,
    };

    private static void AddSsl(ref BinaryHeaderWriter writer, TlsFacts tls)
    {
        // A client with a bad certificate does not get here, and none comes back to a session in which it has shown one.
        var isKnown = tls.PeerSubject.Length > 0;
        writer.BeginSsl((byte)(SslTlv.ByTls | (isKnown ? SslTlv.CertificateShown | SslTlv.CertificateInSession : 0)), isKnown);
        AddName(ref writer, TlvType.SslVersion, $"TLSv{tls.Version}");
        AddName(ref writer, TlvType.SslCommonName, tls.PeerCommonName ?? "");
        AddName(ref writer, TlvType.SslCipher, CipherName.Of(tls.CipherSuite));
        AddName(ref writer, TlvType.SslSignatureAlgorithm, tls.Shown?.SignatureAlgorithm ?? "");
        AddName(ref writer, TlvType.SslKeyAlgorithm, tls.Shown?.KeyAlgorithm ?? "");
        writer.EndSsl();
    }

    private static void AddName(ref BinaryHeaderWriter writer, TlvType type, string name)
    {
        Span<byte> bytes = stackalloc byte[LongestName];
        if (name.Length > 0 && Encoding.UTF8.TryGetBytes(name, bytes, out var length))
        {
            writer.Add(type, bytes[..length]);
        }
    }
}
