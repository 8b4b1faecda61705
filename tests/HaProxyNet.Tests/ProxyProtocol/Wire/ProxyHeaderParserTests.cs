using System.Buffers.Binary;
using System.Text;
using HaProxyNet.Machine;
using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.Tests.ProxyProtocol.Wire;

public sealed class ProxyHeaderParserTests
{
    [Fact]
    public void Parse_AnyHeader_AllocatesNothing()
    {
        byte[][] headers = [.. FuzzTests.CorpusFile.All("proxy").Select(f => f.Bytes)];
        Array.ForEach(headers, h => ProxyHeaderParser.Parse(h));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var header in headers)
        {
            ProxyHeaderParser.Parse(header);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>RFC 3720, B.4: 32 bytes of zeros.</summary>
    [Fact]
    public void Crc32C_OfZeros_IsThatOfTheRfc() => Assert.Equal(0x8A9136AAu, Crc32C.Around(new byte[20], new byte[8]));

    [Theory]
    [InlineData("", null)]
    [InlineData("P", null)]
    [InlineData("PROXY", null)]
    [InlineData("PROXY ", true)]
    [InlineData("PROXY nonsense", true)]
    [InlineData("POST ", false)]
    [InlineData("\r\n\r\n\0\r\nQUIT", null)]
    [InlineData("\r\n\r\n\0\r\nQUIT\n", true)]
    [InlineData("\r\n\r\n\0\r\nQUIT\r", false)]
    [InlineData("\u0016\u0003\u0001", false)]
    public void IsHeader_FirstBytes(string wire, bool? expected)
        => Assert.Equal(expected, ProxyHeaderParser.IsHeader(Encoding.Latin1.GetBytes(wire)));

    [Fact]
    public void SslTlv_OfAHeader_IsReadToItsParts()
    {
        var wire = FuzzTests.CorpusFile.Named("v2-all-extensions", "proxy").Bytes;
        foreach (var tlv in ProxyHeaderParser.Parse(wire).Header.Tlvs(wire))
        {
            if (tlv.Type is TlvType.Ssl)
            {
                Assert.Equal(SslTlv.ByTls | SslTlv.CertificateShown | SslTlv.CertificateInSession, tlv.Value[0]);
                Assert.Equal(0u, BinaryPrimitives.ReadUInt32BigEndian(tlv.Value[1..]));
                var parts = new Dictionary<TlvType, string>();
                foreach (var part in new TlvReader(tlv.Value[SslTlv.HeadLength..]))
                {
                    parts.Add(part.Type, Encoding.UTF8.GetString(part.Value));
                }

                Assert.Equal(
                    ("TLSv1.3", "iq.client", "TLS_AES_256_GCM_SHA384"),
                    (parts[TlvType.SslVersion], parts[TlvType.SslCommonName], parts[TlvType.SslCipher]));
                return;
            }
        }

        Assert.Fail("The header has no such extension.");
    }
}
