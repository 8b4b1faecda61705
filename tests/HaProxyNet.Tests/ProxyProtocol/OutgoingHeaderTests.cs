using System.Net;
using System.Text;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.FuzzTests.ProxyHeader;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.ProxyProtocol.Wire;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.ProxyProtocol;

public sealed class OutgoingHeaderTests
{
    private static readonly TlsFacts _facts = new("1.3", "TLS_AES_256_GCM_SHA384", "h2", "iq.example", "CN=iq.client")
    {
        PeerCommonName = "iq.client",
        Shown = new("RSA2048", "RSA-SHA256"),
    };

    private static string Ssl => $"0700000000210007{Hex("TLSv1.3")}";

    private static string Cipher => $"230016{Hex("TLS_AES_256_GCM_SHA384")}24000a{Hex("RSA-SHA256")}250007{Hex("RSA2048")}";

    [Theory]
    [InlineData("198.51.100.7", "203.0.113.9", "PROXY TCP4 198.51.100.7 203.0.113.9 40001 443\r\n")]
    [InlineData("2001:db8::7", "2001:db8::9", "PROXY TCP6 2001:db8::7 2001:db8::9 40001 443\r\n")]
    [InlineData("::ffff:198.51.100.7", "::ffff:203.0.113.9", "PROXY TCP4 198.51.100.7 203.0.113.9 40001 443\r\n")]
    [InlineData("198.51.100.7", "2001:db8::9", "PROXY TCP6 ::ffff:198.51.100.7 2001:db8::9 40001 443\r\n")]
    public void V1_Addresses(string client, string target, string expected)
        => Assert.Equal(expected, Encoding.ASCII.GetString(Write(ProxyProtocolVersion.V1, client, target, tls: null)));

    [Theory]
    [InlineData("198.51.100.7", "203.0.113.9", "198.51.100.7:40001 203.0.113.9:443 length=28")]
    [InlineData("2001:db8::7", "2001:db8::9", "[2001:db8::7]:40001 [2001:db8::9]:443 length=52")]
    [InlineData("198.51.100.7", "2001:db8::9", "198.51.100.7:40001 [2001:db8::9]:443 length=52")]
    public void V2_Addresses(string client, string target, string expected)
        => Assert.Equal($"Complete v2 proxy {expected} tlvs=[]", Read(Write(ProxyProtocolVersion.V2, client, target, tls: null)));

    /// <summary>What the proxy knows itself goes before what it was told; the rest is passed on.</summary>
    [Fact]
    public void V2_TlsEndsHere_ItsFactsReplaceThoseOfAnotherSession()
    {
        byte[] told = [2, 0, 1, (byte)'x', 5, 0, 1, (byte)'u', 0x20, 0, 5, 1, 0, 0, 0, 0];

        var header = Read(Write(ProxyProtocolVersion.V2, "198.51.100.7", "203.0.113.9", _facts, told));

        Assert.EndsWith(
            $"tlvs=[01:{Hex("h2")} 02:{Hex("iq.example")} 20:{Ssl}220009{Hex("iq.client")}{Cipher} 05:{Hex("u")}]",
            header, StringComparison.Ordinal);
    }

    [Fact]
    public void V2_NameTooLong_IsLeftOut()
    {
        var header = Read(Write(ProxyProtocolVersion.V2, "198.51.100.7", "203.0.113.9", _facts with
        {
            ServerName = new string('a', 256),
            PeerCommonName = new string('b', 256),
            Alpn = "",
        }));

        Assert.EndsWith($"tlvs=[20:{Ssl}{Cipher}]", header, StringComparison.Ordinal);
    }

    [Fact]
    public void V2_LongestOfEverything_Fits()
    {
        var name = new string('a', 255);
        byte[] told = [5, 3, 0xFD, .. new byte[IntroducedClient.MostTlvs - 3]];

        var header = Write(ProxyProtocolVersion.V2, "2001:db8::7", "2001:db8::9", _facts with
        {
            Alpn = name,
            ServerName = name,
            PeerCommonName = name,
            CipherSuite = "TLS_" + name[4..],
            Shown = new("RSA16384", ShownCertificate.NameOfSignature("1.2.840.10045.4.3.2")),
        }, told);

        Assert.StartsWith("Complete", Read(header), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProxyProtocolVersion.None, "")]
    [InlineData(ProxyProtocolVersion.V1, "Complete v1 local none length=15 tlvs=[]")]
    [InlineData(ProxyProtocolVersion.V2, "Complete v2 local none length=16 tlvs=[]")]
    public void Own_IsLocal(ProxyProtocolVersion version, string expected)
        => Assert.Equal(expected, OutgoingHeader.Own(version) is { Length: > 0 } own ? Read(own.ToArray()) : "");

    [Fact]
    public void Introduced_LongExtensions_AreNotKept()
    {
        var into = new byte[4096];
        var writer = new BinaryHeaderWriter(into, ProxyAddresses.Of(new(IPAddress.Loopback, 1), new(IPAddress.Loopback, 2)));
        writer.Add(TlvType.UniqueId, new byte[IntroducedClient.MostTlvs]);
        var wire = into.AsSpan(0, writer.Finish());

        Assert.Empty(IntroducedClient.From(ProxyHeaderParser.Parse(wire).Header, wire)!.Tlvs);
    }

    private static byte[] Write(ProxyProtocolVersion version, string client, string target, TlsFacts? tls, byte[]? told = null)
    {
        var into = new byte[OutgoingHeader.MostBytes];
        var addresses = ProxyAddresses.Of(new(IPAddress.Parse(client), 40001), new(IPAddress.Parse(target), 443));
        return into[..OutgoingHeader.Write(into, version, addresses, tls, told)];
    }

    private static string Read(byte[] wire) => HeaderText.Of(ProxyHeaderParser.Parse(wire), wire);

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}
