using HaProxyNet.Configuration.Tls;
using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.Tests.Tls.Hello;

/// <summary>What a hello says about ECDSA, for each version, suite, scheme and curve that decides.</summary>
public sealed class EcdsaChoiceTests
{
    private const ushort EcdsaSuite = 0xC02B;
    private const ushort RsaSuite = 0xC02F;
    private const ushort Suite13 = 0x1301;

    private static readonly ushort[] _allSchemes = [0x0403, 0x0503, 0x0603, 0x0804, 0x0401];

    [Theory]

    // TLS 1.3: the scheme is the curve; suites and groups say nothing about keys.
    [InlineData(true, new ushort[] { Suite13 }, new ushort[] { 0x0403 }, new ushort[] { 29 }, 256, true)]
    [InlineData(true, new ushort[] { Suite13 }, new ushort[] { 0x0403 }, new ushort[] { 29 }, 384, false)]
    [InlineData(true, new ushort[] { Suite13 }, new ushort[] { 0x0503 }, null, 384, true)]
    [InlineData(true, new ushort[] { Suite13 }, new ushort[] { 0x0603 }, null, 521, true)]
    [InlineData(true, new ushort[] { Suite13, EcdsaSuite }, new ushort[] { 0x0804, 0x0401 }, null, 256, false)]
    [InlineData(true, new ushort[] { Suite13, EcdsaSuite }, null, null, 256, false)]

    // TLS 1.2: the suite is the kind of key, the curve a group.
    [InlineData(false, new ushort[] { EcdsaSuite, RsaSuite }, new ushort[] { 0x0403 }, new ushort[] { 23 }, 256, true)]
    [InlineData(false, new ushort[] { RsaSuite }, new ushort[] { 0x0403 }, new ushort[] { 23 }, 256, false)]
    [InlineData(false, new ushort[] { EcdsaSuite }, new ushort[] { 0x0401 }, new ushort[] { 23 }, 256, false)]
    [InlineData(false, new ushort[] { EcdsaSuite }, new ushort[] { 0x0403 }, new ushort[] { 29, 24 }, 256, false)]
    [InlineData(false, new ushort[] { EcdsaSuite }, new ushort[] { 0x0403 }, new ushort[] { 24 }, 384, true)]
    [InlineData(false, new ushort[] { EcdsaSuite }, new ushort[] { 0x0403 }, null, 256, true)]
    [InlineData(false, new ushort[] { EcdsaSuite }, null, null, 256, false)]
    public void IsTakenBy_AHello_SaysWhatTheClientCanVerify(
        bool is13,
        ushort[] suites,
        ushort[]? schemes,
        ushort[]? groups,
        int keyBits,
        bool isTaken)
        => Assert.Equal(isTaken, new EcdsaChoice(TlsVersion.Tls12, []).IsTakenBy(Hello(is13, suites, schemes, groups), keyBits));

    [Theory]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", false, false)]
    [InlineData("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", false, true)]
    [InlineData("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", false, false)]
    [InlineData("TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", true, true)]
    public void IsTakenBy_ConfiguredSuites_Decide(string configured, bool is13, bool isTaken)
        => Assert.Equal(isTaken, new EcdsaChoice(TlsVersion.Tls12, configured.Split(',')).IsTakenBy(Hello(is13, [
            Suite13,
            EcdsaSuite,
            RsaSuite,
        ], _allSchemes, [23]), 256));

    /// <summary>The client offers TLS 1.3, but the listener does not speak it: what counts is what TLS 1.2 needs.</summary>
    [Fact]
    public void IsTakenBy_TheListenerSpeaks12Alone_TheSuitesOf12Count()
    {
        var choice =
            new EcdsaChoice(TlsVersion.Tls12, ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]);

        Assert.False(choice.IsTakenBy(Hello(is13: true, [Suite13, RsaSuite], _allSchemes, [23]), 256));
        Assert.True(choice.IsTakenBy(Hello(is13: true, [Suite13, EcdsaSuite], _allSchemes, [23]), 256));
    }

    [Fact]
    public void IsTakenBy_NoHelloOrAnotherCurve_IsFalse()
    {
        var choice = new EcdsaChoice(TlsVersion.Tls12, []);

        Assert.False(choice.IsTakenBy(hello: null, 256));
        Assert.False(choice.IsTakenBy(Hello(is13: true, [Suite13], _allSchemes, null), 224));
    }

    /// <summary>A list that is broken is no ability, and no exception.</summary>
    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 9, 4 })]
    [InlineData(new byte[] { 0, 3, 4, 3, 5 })]
    public void Abilities_BrokenList_IsRead(byte[] content)
    {
        var hello = HelloParser.Parse(HelloModel.For("a.example").With((13, content)).Wire(), withAbilities: true).Hello!;

        Assert.Equal(content is [0, 3, ..], hello.Abilities!.Schemes?.Contains((ushort)0x0403) ?? false);
    }

    private static ClientHello Hello(bool is13, ushort[] suites, ushort[]? schemes, ushort[]? groups)
    {
        var model = HelloModel.For("a.example") with
        {
            Ciphers = Bytes(suites),
            Extensions = [is13 ? HelloModel.Versions(0x0304, 0x0303) : HelloModel.Versions(0x0303)],
        };
        model = schemes is null ? model : model.With((13, [(byte)(schemes.Length >> 7), (byte)(2 * schemes.Length), .. Bytes(schemes)]));
        model = groups is null ? model : model.With((10, [(byte)(groups.Length >> 7), (byte)(2 * groups.Length), .. Bytes(groups)]));
        return HelloParser.Parse(model.Wire(), withAbilities: true).Hello!;
    }

    private static byte[] Bytes(ushort[] numbers) => [.. numbers.SelectMany(n => (byte[])[(byte)(n >> 8), (byte)n])];
}
