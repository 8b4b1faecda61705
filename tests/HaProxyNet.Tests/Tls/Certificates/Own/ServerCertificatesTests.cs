using System.Security.Cryptography;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tests.Tls.Certificates.Own;

public sealed class ServerCertificatesTests
{
    private static readonly TestAuthority _root = TestAuthority.Root();
    private static readonly ServerCertificates _certificates = new(
    [
        Certificate("first.example", null),
        Certificate("exact", ["iqs.corp.example", "IQS2.corp.example"]),
        Certificate("wild", ["*.corp.example", "corp.example"]),
        Certificate("late", ["*.corp.example", "iqs.corp.example"]),
    ]);

    [Theory]
    [InlineData(null, "first.example")]
    [InlineData("", "first.example")]
    [InlineData("first.example", "first.example")]
    [InlineData("unknown.example", "first.example")]
    [InlineData("iqs.corp.example", "exact")]
    [InlineData("IQS.Corp.Example", "exact")]
    [InlineData("iqs2.corp.example", "exact")]
    [InlineData("iqs3.corp.example", "wild")]
    [InlineData("IQS3.CORP.example", "wild")]
    [InlineData("corp.example", "wild")]
    [InlineData("a.b.corp.example", "first.example")]
    [InlineData(".corp.example", "first.example")]
    [InlineData("*.corp.example", "wild")]
    [InlineData("corp", "first.example")]
    public void Choose_ExactThenWildcardThenFirst(string? serverName, string expected)
        => Assert.Equal(expected, CertificateNames.Display(_certificates.Choose(serverName).All.Single().Certificate));

    /// <summary>For each name: its certificate with an RSA key, and that with an ECDSA key.</summary>
    [Theory]
    [InlineData(null, "rsa", "ecdsa")]
    [InlineData("unknown.example", "rsa", "ecdsa")]
    [InlineData("iqs.corp.example", "rsa", "ecdsa")]
    [InlineData("IQS.corp.example.", "rsa", "ecdsa")]
    [InlineData("other.corp.example", "rsa", "ecdsa")]
    [InlineData("single.corp.example", "single", "wild")]
    [InlineData("third.corp.example", null, "wild")]
    public void Choose_OneOfEachKind_ExactBeforeWildcard(string? serverName, string? rsa, string? ecdsa)
    {
        var pair = _twoKinds.Choose(serverName);

        Assert.Equal((rsa, ecdsa), (NameOf(pair.Rsa), NameOf(pair.Ecdsa)));
        Assert.Equal(ecdsa, NameOf(pair.Choose(takesEcdsa: true)));
        Assert.Equal(rsa ?? ecdsa, NameOf(pair.Choose(takesEcdsa: false)));
    }

    /// <summary>Nothing is left out in silence.</summary>
    [Fact]
    public void NeverShown_SameKindAndNames_IsToldApart()
        => Assert.Equal(["late rsa"], _twoKinds.NeverShown.Select(NameOf));

    /// <summary>A client without a name may know the listener by any name of the first certificate.</summary>
    [Fact]
    public void Default_TheOtherKindHoldsForLess_IsTheFirstAlone()
    {
        var certificates = new ServerCertificates([Rsa("rsa", ["a.example", "b.example"]), Certificate("ecdsa", ["a.example"])]);

        Assert.Equal(["rsa"], certificates.Choose(serverName: null).All.Select(NameOf));
        Assert.Equal(["ecdsa", "rsa"], certificates.Choose("a.example").All.Select(NameOf));
        Assert.Equal(["rsa"], certificates.Choose("b.example").All.Select(NameOf));
        Assert.Empty(certificates.NeverShown);
    }

    [Fact]
    public void Choose_AllocatesNothing()
    {
        _certificates.Choose("iqs3.corp.example");
        var before = GC.GetAllocatedBytesForCurrentThread();
        _certificates.Choose("iqs3.corp.example");
        _certificates.Choose("iqs.corp.example");
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Context_SendsTheIntermediates_WhetherOrNotTheRootIsKnown(bool hasRoot)
    {
        var issuing = _root.Intermediate();
        var certificate = new ServerCertificate(
            issuing.Issue("a.example", ["a.example"]), hasRoot ? [issuing.Certificate, _root.Certificate] : [issuing.Certificate]);

        Assert.Contains(issuing.Certificate.Thumbprint, certificate.Context.IntermediateCertificates.Select(c => c.Thumbprint));
    }

    private static readonly RSA _rsaKey = RSA.Create(2048);
    private static readonly ServerCertificates _twoKinds = new(
    [
        Rsa("rsa", ["iqs.corp.example", "other.corp.example"]),
        Certificate("wild", ["*.corp.example"]),
        Certificate("ecdsa", ["iqs.corp.example", "other.corp.example"]),
        Rsa("late rsa", ["other.corp.example"]),
        Rsa("single", ["single.corp.example"]),
    ]);

    private static string? NameOf(ServerCertificate? certificate)
        => certificate is null ? null : CertificateNames.Display(certificate.Certificate);

    private static ServerCertificate Rsa(string commonName, string[] names) => new(_root.Issue(commonName, names, key: _rsaKey), []);

    private static ServerCertificate Certificate(string commonName, string[]? names) => new(_root.Issue(commonName, names), []);
}
