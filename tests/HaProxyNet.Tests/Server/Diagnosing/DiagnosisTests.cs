using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Health.Methods;
using HaProxyNet.Server.Diagnosing;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Server.Diagnosing;

public sealed class DiagnosisTests
{
    private const string Name = "iqservice.corp.example";
    private static readonly DateTimeOffset _now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ShownCertificate _good =
        new("CN=" + Name, [Name], "CN=Corp", "AA11", _now.AddDays(-1), _now.AddDays(300), [], IsForServers: true, []);
    private static readonly DestinationFacts _fine = Facts("primary", _good);

    public static TheoryData<string, string> Cases => new()
    {
        { "fine", "" },
        { "unresolved", "fault: tls/primary: iqs1 does not resolve: no such host; correct Address" },
        { "refused", "fault: tls/primary: does not accept: 10.0.0.1:6060: Connection refused; start the agent there, see that it listens "
            + "on port 6060" },
        { "plain port", "fault: tls/primary: the TLS handshake failed: wrong version number; see that iqs1:6060 is the agent's TLS port, "
            + "not its plain one" },
        { "asks for a certificate", "fault: tls/primary: the TLS handshake failed after the certificate had come: alert; see in the "
            + "agent's log why; it may ask for a client certificate" },
        { "refused by rules", "fault: tls/primary: not pinned; mend the certificate" },
        { "refused by its probe", "fault: tls/primary: its health probe (Method Tls, port 6060) fails and takes it down: its chain ends at "
            + "Corp; mend the certificate, or Health.CaPath, Health.Thumbprints, Health.Host or Health.Certificate" },
        { "page says no", "fault: tls/primary: its health probe (Method Http, port 8443) fails and takes it down: wrong_status; see why "
            + "the page does not say that the service works" },
        { "refused by rules and probe", "fault: tls/primary: not pinned; mend the certificate" },
        { "wrong name", "fault: tls/primary: its certificate is for iqs1.corp.example, and clients ask for iqservice.corp.example: they "
            + "refuse it; import a certificate for iqservice.corp.example with its key on every agent, and tell each one: IQService.exe -m "
            + "iqservice.corp.example" },
        { "no name", "warning: tls/primary: the name that clients use is not known" },
        { "expired", "fault: tls/primary: its certificate expired on 2026-01-31; renew it" },
        { "soon", "warning: tls/primary: its certificate expires in 12 days, on 2026-02-13; renew it" },
        { "not yet", "fault: tls/primary: its certificate is not valid before 2026-02-02 00:00 UTC; compare the clocks" },
        { "weak", "warning: tls/primary: the key is too weak; issue it anew" },
        { "for clients", "warning: tls/primary: its certificate is not made for Server Authentication" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_OneDestination_SaysWhatAndWhatToDo(string which, string expected)
    {
        var findings = Diagnosis.Of([Facts(which)], _now);

        if (expected.Length == 0)
        {
            Assert.Empty(findings);
        }
        else
        {
            Assert.StartsWith(expected, Assert.Single(findings).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_DifferentCertificatesUnderPassthrough_NamesBothThumbprints()
    {
        var other = Facts("secondary", _good with { Thumbprint = "BB22", Subject = "CN=iqs2" });

        var finding = Assert.Single(Diagnosis.Of([_fine, other], _now));

        Assert.Equal(
            $"its destinations show different certificates: primary shows AA11 (CN={Name}), secondary shows BB22 (CN=iqs2)",
            finding.Problem);
        Assert.Equal((Severity.Fault, "tls"), (finding.Severity, finding.Where));
    }

    [Fact]
    public void Of_DifferentCertificatesUnderReEncryption_IsAsItShouldBe()
    {
        var facts = new[] { _fine, Facts("secondary", _good with { Thumbprint = "BB22" }) }
            .Select(f => f with { Case = f.Case with { IsPassthrough = false, IsEncrypted = true } });

        Assert.Empty(Diagnosis.Of([.. facts], _now));
    }

    [Fact]
    public void Of_TheSameCertificateInTwoClusters_EachIsComparedForItself()
    {
        var other = Facts("primary", _good with { Thumbprint = "BB22" });

        Assert.Empty(Diagnosis.Of([_fine, other with { Case = other.Case with { Cluster = "other" } }], _now));
    }

    [Fact]
    public void Clock_CertificateFromTheFuture_Warning()
    {
        Assert.Equal(Severity.Note, SystemNotes.Clock([_fine], _now).Severity);
        Assert.Contains("cannot be told", SystemNotes.Clock([Facts("refused")], _now).Problem, StringComparison.Ordinal);
        Assert.Equal(Severity.Warning, SystemNotes.Clock([Facts("not yet")], _now).Severity);
    }

    [Fact]
    public void HalfOpen_SaysWhatThisSystemCan()
    {
        Assert.Contains("are possible", SystemNotes.HalfOpen(isLinux: true).Problem, StringComparison.Ordinal);
        Assert.Contains("are not possible", SystemNotes.HalfOpen(isLinux: false).Problem, StringComparison.Ordinal);
    }

    private static DestinationFacts Probed(
        DestinationFacts facts,
        IProbe probe,
        int port,
        bool ofCluster,
        ProbeResult result,
        string why)
        => facts with { Probes = [new(new(probe, port, ofCluster, default, TlsVersion.Tls12), result, why)] };

    private static DestinationFacts Facts(string which) => which switch
    {
        "fine" => _fine,
        "unresolved"
            => _fine with { Resolved = [], AcceptedAfter = null, Failure = "iqs1 does not resolve: no such host", Handshake = null },
        "refused" => _fine with { AcceptedAfter = null, Failure = "10.0.0.1:6060: Connection refused", Handshake = null },
        "plain port" => _fine with { Handshake = new("", "", null, "", "wrong version number") },
        "asks for a certificate" => _fine with { Handshake = _fine.Handshake! with { Version = "", Cipher = "", Failure = "alert" } },
        "refused by rules" => _fine with { Handshake = _fine.Handshake! with { Refusal = "not pinned" } },
        "refused by its probe" => Probed(_fine, new TlsProbe(), 6060, ofCluster: false, ProbeResult.TlsFailed, "its chain ends at Corp"),
        "page says no"
            => Probed(_fine, new HttpProbe("/", "", 200, SpeaksTls: true), 8443, ofCluster: false, ProbeResult.WrongStatus, ""),
        "refused by rules and probe"
            => Probed(Facts("refused by rules"), new TlsProbe(), 6060, ofCluster: true, ProbeResult.TlsFailed, "not pinned"),
        "wrong name" => Facts("primary", _good with { Names = ["iqs1.corp.example"], NotFor = [Name] }),
        "no name" => _fine with { Case = _fine.Case with { ClientNames = [] } },
        "expired" => Facts("primary", _good with { NotAfter = _now.AddDays(-0.5) }),
        "soon" => Facts("primary", _good with { NotAfter = _now.AddDays(12.5) }),
        "not yet" => Facts("primary", _good with { NotBefore = _now.AddDays(1) }),
        "weak" => Facts("primary", _good with { Weaknesses = ["the key is too weak"] }),
        "for clients" => Facts("primary", _good with { IsForServers = false }),
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };

    private static DestinationFacts Facts(string destination, ShownCertificate certificate) => new(
        new DestinationCase(
            "tls", destination, DestinationAddress.Parse("iqs1:6060"), IsPassthrough: true, IsEncrypted: false, Name, [Name],
            TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)),
        ["10.0.0.1"],
        TimeSpan.FromMilliseconds(1),
        "",
        new HandshakeFacts("TLS 1.3", "TLS_AES_256_GCM_SHA384", certificate, "", ""));
}
