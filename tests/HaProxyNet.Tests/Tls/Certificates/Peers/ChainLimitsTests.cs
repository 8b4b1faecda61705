using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tests.Tls.Certificates.Peers;

public sealed class ChainLimitsTests
{
    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void ProblemOf_Count_TenAreJudged(int count, bool isJudged)
    {
        var chain = Enumerable.Range(0, count).Select(i => Ec(ECCurve.NamedCurves.nistP256, $"n{i}")).ToList();

        Assert.Equal(isJudged, ChainLimits.ProblemOf(chain[0], chain) is null);
        Assert.Equal(isJudged, ChainLimits.ProblemOf(chain[0], chain.Skip(1)) is null);
    }

    [Fact]
    public void ProblemOf_UsualKeys_AreJudged()
    {
        X509Certificate2[] usual =
        [
            Rsa(2048), Rsa(4096), Ec(ECCurve.NamedCurves.nistP256, "a"), Ec(ECCurve.NamedCurves.nistP384, "b"),
            Ec(ECCurve.NamedCurves.nistP521, "c"),
            Ec(ECCurve.NamedCurves.brainpoolP256r1, "d"),
        ];

        Assert.All(usual, certificate => Assert.Null(ChainLimits.ProblemOf(certificate, [])));
    }

    /// <summary>Each check with such a key costs the time of a thousand with a usual one.</summary>
    [Fact]
    public void ProblemOf_KeysThatCostMuch_AreNot()
    {
        var leaf = Ec(ECCurve.NamedCurves.nistP256, "leaf");
        X509Certificate2[] odd = [
            WithRsaKey(16_384 / 8, 3),
            WithRsaKey(3072 / 8, 3072 / 8),
            Ec(ECCurve.NamedCurves.brainpoolP512r1, "big"),
        ];

        Assert.All(odd, certificate =>
        {
            Assert.Contains("key of", ChainLimits.ProblemOf(certificate, []), StringComparison.Ordinal);
            Assert.Contains("key of", ChainLimits.ProblemOf(leaf, [certificate]), StringComparison.Ordinal);
        });
    }

    private static X509Certificate2 Ec(ECCurve curve, string name)
    {
        using var key = ECDsa.Create(curve);
        return SelfSigned(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256));
    }

    private static X509Certificate2 Rsa(int bits)
    {
        using var key = RSA.Create(bits);
        return SelfSigned(new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>A certificate with a made-up RSA key of these lengths, in bytes.</summary>
    private static X509Certificate2 WithRsaKey(int modulus, int exponent)
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Odd(modulus));
            writer.WriteIntegerUnsigned(Odd(exponent));
        }

        var key = new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(writer.Encode()));
        var request = new CertificateRequest(new X500DistinguishedName("CN=odd"), key, HashAlgorithmName.SHA256);
        return request.Create(
            new X500DistinguishedName("CN=issuer"), X509SignatureGenerator.CreateForECDsa(signer), DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1), [1]);
    }

    private static byte[] Odd(int length)
    {
        var number = RandomNumberGenerator.GetBytes(length);
        number[0] |= 0x80;
        number[^1] |= 1;
        return number;
    }

    private static X509Certificate2 SelfSigned(CertificateRequest request)
        => request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
}
