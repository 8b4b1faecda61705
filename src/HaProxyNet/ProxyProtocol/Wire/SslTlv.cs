using System.Buffers.Binary;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>What an extension <see cref="TlvType.Ssl"/> says of a client's TLS. Pure.</summary>
internal readonly ref struct SslTlv
{
    /// <summary>The flags and the result of the verification.</summary>
    public const int HeadLength = 5;

    /// <summary>Flag: the client connected by TLS.</summary>
    public const byte ByTls = 0x01;

    /// <summary>Flag: the client has shown a certificate on this connection.</summary>
    public const byte CertificateShown = 0x02;

    /// <summary>Flag: the client has shown a certificate in this session of TLS.</summary>
    public const byte CertificateInSession = 0x04;

    private SslTlv(ReadOnlySpan<byte> value)
    {
        (Flags, IsVerified) = (value[0], BinaryPrimitives.ReadUInt32BigEndian(value[1..]) == 0);
        foreach (var inner in new TlvReader(value[HeadLength..]))
        {
            switch (inner.Type)
            {
                case TlvType.SslVersion:
                    Version = inner.Value;
                    break;
                case TlvType.SslCommonName:
                    CommonName = inner.Value;
                    break;
                case TlvType.SslCipher:
                    Cipher = inner.Value;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What is true of the client.</summary>
    public byte Flags { get; }

    /// <summary>Whether the client has shown a certificate that was found good.</summary>
    public bool IsVerified { get; }

    /// <summary>The version of TLS, such as <c>TLSv1.3</c>; empty: not said.</summary>
    public ReadOnlySpan<byte> Version { get; }

    /// <summary>The common name of the client's certificate, in UTF-8; empty: not said.</summary>
    public ReadOnlySpan<byte> CommonName { get; }

    /// <summary>The cipher suite; empty: not said.</summary>
    public ReadOnlySpan<byte> Cipher { get; }

    /// <summary>Reads the value of an extension; false when it is too short to be one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out SslTlv ssl)
    {
        ssl = value.Length < HeadLength ? default : new SslTlv(value);
        return value.Length >= HeadLength;
    }
}
