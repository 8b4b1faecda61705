using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Peers;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Tls.Certificates;

public sealed class CertificateRulesTests
{
    private const string Name = "iqservice.corp.example";
    private static readonly FakeTimeProvider _time = new(TestAuthority.Now);
    private static readonly TestAuthority _root = TestAuthority.Root();
    private static readonly TestAuthority _issuing = _root.Intermediate();
    private static readonly TestAuthority _stranger = TestAuthority.Root("Stranger");
    private static readonly TestAuthority _impostor = TestAuthority.Root();

    public static TheoryData<string, string?> Destinations => new()
    {
        { "good", null },
        { "direct", null },
        { "wildcard", null },
        { "address", null },
        { "common name", null },
        { "any usage", null },
        { "none", "the destination has sent no certificate" },
        { "stranger", "the certificate 'iqservice.corp.example' is not taken: it comes from 'CN=Stranger', which is not trusted here; put "
            + "that authority into CaPath" },
        { "self-signed", "the certificate 'iqservice.corp.example' is not taken: it comes from 'CN=iqservice.corp.example', which is not "
            + "trusted here" },
        { "no chain", "the certificate 'iqservice.corp.example' is not taken: its chain ends at 'CN=iqservice.corp.example', and the "
            + "issuer 'CN=Test Issuing' is not known here" },
        { "impostor", "the certificate 'iqservice.corp.example' is not taken: " },
        { "expired", "the certificate 'iqservice.corp.example' is not taken: it expired on 2026-01-15 00:00 UTC" },
        { "not yet", "the certificate 'iqservice.corp.example' is not taken: it is not valid before 2026-03-01 00:00 UTC (check the "
            + "clocks)" },
        { "client", "the certificate 'iqservice.corp.example' is not taken: it is not made for Server Authentication (extended key "
            + "usage)" },
        { "wrong name", "the certificate 'iqs1.corp.example' is not for 'iqservice.corp.example' but for iqs1.corp.example, iqs1" },
        { "name above", "the certificate 'x' is not for 'iqservice.corp.example' but for corp.example" },
        { "only common name differs", "the certificate 'iqservice.corp.example' is not for 'iqservice.corp.example' but for "
            + "iqs1.corp.example" },
        { "wrong address", "the certificate 'x' is not for '10.0.0.4' but for x" },
    };

    [Theory]
    [MemberData(nameof(Destinations))]
    public void Destination_IsJudged(string which, string? refusal)
    {
        var (certificate, sent, name) = Destination(which);
        var rules = new DestinationCertificateRules(verify: true, new TrustAnchors([_root.Certificate], _time), []);

        AssertVerdict(refusal, rules.Judge(certificate, sent, name));
    }

    [Fact]
    public void Destination_WithoutVerification_EverythingIsTaken()
    {
        var rules = new DestinationCertificateRules(verify: false, new TrustAnchors([_root.Certificate], _time), []);

        Assert.All(Destinations, row =>
        {
            var (certificate, sent, name) = Destination(row.Data.Item1);
            Assert.True(rules.Judge(certificate, sent, name).IsAccepted);
        });
    }

    [Theory]
    [InlineData("stranger", true, false, null)]
    [InlineData("expired", true, false, null)]
    [InlineData("good", false, false, "the certificate 'iqservice.corp.example' has the thumbprint ")]
    [InlineData("good", false, true, null)]
    [InlineData("stranger", false, true, "the certificate 'iqservice.corp.example' is not taken: it comes from 'CN=Stranger'")]
    public void Destination_Pins(string which, bool isPinned, bool hasCa, string? refusal)
    {
        var (certificate, sent, name) = Destination(which);
        var pinned = isPinned ? certificate! : _root.Issue("another");
        var pin = string.Join(':', pinned.GetCertHash(HashAlgorithmName.SHA256).Select(b => $"{b:x2}"));
        var rules = new DestinationCertificateRules(verify: true, new TrustAnchors(hasCa ? [_root.Certificate] : null, _time), [pin]);

        AssertVerdict(refusal, rules.Judge(certificate, sent, name));
    }

    [Fact]
    public void Destination_Refusing_TakesNone()
    {
        var (certificate, sent, name) = Destination("good");

        AssertVerdict("why", DestinationCertificateRules.Refusing("why").Judge(certificate, sent, name));
    }

    [Theory]
    [InlineData(ClientCertificateMode.Required, "good", "", null)]
    [InlineData(ClientCertificateMode.Optional, "good", "", null)]
    [InlineData(ClientCertificateMode.Required, "none", "", "the client has sent no certificate, and ClientCertificate.Mode is Required")]
    [InlineData(ClientCertificateMode.Optional, "none", "", null)]
    [InlineData(ClientCertificateMode.None, "none", "", null)]
    [InlineData(
        ClientCertificateMode.Optional,
        "stranger",
        "",
        "the client's certificate 'va1' is not taken: its chain ends at 'CN=va1', and the issuer 'CN=Stranger' is not known here")]
    [InlineData(
        ClientCertificateMode.Required,
        "server",
        "",
        "the client's certificate 'va1' is not taken: it is not made for Client Authentication")]
    [InlineData(ClientCertificateMode.Required, "good", "VA1", null)]
    [InlineData(ClientCertificateMode.Required, "good", "va1.corp.example", null)]
    [InlineData(ClientCertificateMode.Required, "good", "va2", "the client's certificate 'va1' is not one of AllowedSubjects")]
    public void Client_IsJudged(ClientCertificateMode mode, string which, string allowed, string? refusal)
    {
        var certificate = which switch
        {
            "none" => null,
            "stranger" => _stranger.Issue("va1", usage: TestAuthority.ClientAuthentication),
            "server" => _issuing.Issue("va1"),
            _ => _issuing.Issue("va1", ["va1.corp.example"], TestAuthority.ClientAuthentication),
        };
        var rules = new ClientCertificateRules(mode, new TrustAnchors([_root.Certificate], _time), allowed.Length > 0 ? [allowed] : []);

        AssertVerdict(refusal, rules.Judge(certificate, [_issuing.Certificate]));
    }

    [Theory]
    [InlineData("AA:bb cc-\u200eDD", "AABBCCDD")]
    [InlineData("", "")]
    public void Thumbprint_Normalize_DigitsOnly(string text, string expected) => Assert.Equal(expected, Thumbprint.Normalize(text));

    private static void AssertVerdict(string? refusal, CertificateVerdict verdict)
    {
        Assert.Equal(refusal is null, verdict.IsAccepted);
        Assert.StartsWith(refusal ?? "", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(refusal is null, verdict.Reason.Length == 0);
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Sent, string Name) Destination(string which)
    {
        string[] names = [Name];
        return which switch
        {
            "good" => (_issuing.Issue(Name, names), [_issuing.Certificate], Name),
            "direct" => (_root.Issue(Name, names), [], Name),
            "wildcard" => (_issuing.Issue("x", ["*.corp.example"]), [_issuing.Certificate], Name),
            "address" => (_issuing.Issue("x", address: IPAddress.Parse("10.0.0.4")), [_issuing.Certificate], "10.0.0.4"),
            "common name" => (_issuing.Issue(Name), [_issuing.Certificate], Name),
            "any usage" => (_issuing.Issue(Name, names, usage: ""), [_issuing.Certificate], Name),
            "none" => (null, [], Name),
            "stranger" => (_stranger.Issue(Name, names), [_stranger.Certificate], Name),
            "self-signed" => (TestAuthority.SelfSigned(Name), [], Name),
            "no chain" => (_issuing.Issue(Name, names), [], Name),
            // Same name as the trusted root, another key.
            "impostor" => (_impostor.Issue(Name, names), [_impostor.Certificate], Name),
            "expired" => (_issuing.Issue(Name, names, to: Date(1, 15)), [_issuing.Certificate], Name),
            "not yet" => (_issuing.Issue(Name, names, from: Date(3, 1)), [_issuing.Certificate], Name),
            "client" => (_issuing.Issue(Name, names, TestAuthority.ClientAuthentication), [_issuing.Certificate], Name),
            "wrong name" => (_issuing.Issue("iqs1.corp.example", ["iqs1.corp.example", "iqs1"]), [_issuing.Certificate], Name),
            "name above" => (_issuing.Issue("x", ["corp.example"]), [_issuing.Certificate], Name),
            "only common name differs" => (_issuing.Issue(Name, ["iqs1.corp.example"]), [_issuing.Certificate], Name),
            "wrong address" => (_issuing.Issue("x", address: IPAddress.Parse("10.0.0.5")), [_issuing.Certificate], "10.0.0.4"),
            _ => throw new ArgumentOutOfRangeException(nameof(which)),
        };
    }

    private static DateTimeOffset Date(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);
}
