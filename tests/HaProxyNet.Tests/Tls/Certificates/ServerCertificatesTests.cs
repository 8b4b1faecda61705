using HaProxyNet.Tls.Certificates;

namespace HaProxyNet.Tests.Tls.Certificates;

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
        => Assert.Equal(expected, CertificateNames.Display(_certificates.Choose(serverName).Certificate));

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
        var certificate = new ServerCertificate(issuing.Issue("a.example", ["a.example"]), hasRoot ? [issuing.Certificate, _root.Certificate] : [issuing.Certificate]);

        Assert.Contains(issuing.Certificate.Thumbprint, certificate.Context.IntermediateCertificates.Select(c => c.Thumbprint));
    }

    private static ServerCertificate Certificate(string commonName, string[]? names) => new(_root.Issue(commonName, names), []);
}
