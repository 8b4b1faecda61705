using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Renewal;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Tls.Certificates.Own;

public sealed class GuardRailsTests : IDisposable
{
    private const string Name = "iqservice.corp.example";
    private static readonly TestAuthority _root = TestAuthority.Root();
    private static readonly TestAuthority _issuing = _root.Intermediate();
    private readonly CertificateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Trouble => new()
    {
        { "good", "" },
        { "no usage", "" },
        { "wrong name", "HaProxyNet.Listeners.vip.Tls.ServerName: clients ask for iqservice.corp.example, and the certificate is for "
            + "iqs1.corp.example: they refuse it; " },
        { "self-signed", "HaProxyNet.Listeners.vip.Tls.Certificate: the certificate 'iqservice.corp.example' is self-signed: only clients "
            + "that were given it take it; " },
        { "no chain", "HaProxyNet.Listeners.vip.Tls.Certificate: the chain that is sent ends at 'CN=iqservice.corp.example', whose issuer "
            + "'CN=Test Issuing' this system does not know; " },
        { "expired", "HaProxyNet.Listeners.vip.Tls.Certificate: the certificate 'iqservice.corp.example': it expired on 2026-01-15 00:00 "
            + "UTC; a certificate that holds" },
        { "soon", "HaProxyNet.Listeners.vip.Tls.Certificate: the certificate 'iqservice.corp.example': it expires in 28 days, on "
            + "2026-03-01; " },
        { "not yet", "HaProxyNet.Listeners.vip.Tls.Certificate: the certificate 'iqservice.corp.example': it is not valid before "
            + "2026-03-01 00:00 UTC (check the clocks); " },
        { "for clients", "HaProxyNet.Listeners.vip.Tls.Certificate: the certificate 'iqservice.corp.example' is not made for Server "
            + "Authentication (extended key usage): peers refuse it; " },
    };

    [Theory]
    [MemberData(nameof(Trouble))]
    public void Certificate_IsWarnedOf(string which, string expected)
    {
        var certificate = Certificate(which);
        // The root in the file makes the chain complete without this system knowing it.
        X509Certificate2[] chain = which is "no chain" or "self-signed" ? [] : [_issuing.Certificate, _root.Certificate];
        _folder.WritePair("vip", certificate, chain);

        var found = Check();

        Assert.Empty(found.Faults);
        if (expected.Length == 0)
        {
            Assert.Empty(found.Warnings);
        }
        else
        {
            Assert.StartsWith(expected, Assert.Single(found.Warnings).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SeveralCertificates_TheServerNameHasToBeOnOne()
    {
        _folder.WritePair("vip", Certificate("wrong name"), _issuing.Certificate, _root.Certificate);
        _folder.WritePair("second", Certificate("good"), _issuing.Certificate, _root.Certificate);

        Assert.Empty(Check(second: true).Warnings);
    }

    [Fact]
    public void KeyThatEveryUserMayRead_IsWarnedOf()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        _folder.WritePair("vip", Certificate("good"), _issuing.Certificate, _root.Certificate);
        File.SetUnixFileMode(
            _folder["vip.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Contains(
            $"may read the private key in {_folder["vip.key"]} (mode 644)",
            Assert.Single(Check().Warnings).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ShortKey_IsWarnedOf_OrAFaultWhereOpenSslDoesNotTakeIt()
    {
        using var key = RSA.Create(1024);
        _folder.WritePair("vip", _issuing.Issue(Name, [Name], key: key), _issuing.Certificate, _root.Certificate);

        AssertWarnedOrRefused("has 1024 bits, which is too weak", "ee key too small");
    }

    [Fact]
    public void Sha1_IsWarnedOf_OrAFaultWhereOpenSslDoesNotTakeIt()
    {
        using var key = RSA.Create(2048);
        using var issuer = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var bare = request.Create(
            new X500DistinguishedName("CN=Old"), new Sha1Generator(issuer), TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(90),
            [1, 2, 3]);
        _folder.WritePair("vip", bare.CopyWithPrivateKey(key));

        AssertWarnedOrRefused("is signed with sha1RSA", "md too weak");
    }

    /// <summary>The security level of the system decides whether every handshake would fail.</summary>
    private void AssertWarnedOrRefused(string warning, string refusal)
    {
        var found = Check();
        var (all, words) = found.Faults.Count == 0 ? (found.Warnings, warning) : (found.Faults, refusal);
        Assert.Contains(all, finding => finding.Problem.Contains(words, StringComparison.Ordinal));
    }

    private static X509Certificate2 Certificate(string which)
    {
        string[] names = [Name];
        return which switch
        {
            "good" or "no chain" => _issuing.Issue(Name, names),
            "no usage" => _issuing.Issue(Name, names, usage: "", address: IPAddress.Loopback),
            "wrong name" => _issuing.Issue("x", ["iqs1.corp.example"]),
            "self-signed" => TestAuthority.SelfSigned(Name),
            "expired" => _issuing.Issue(Name, names, to: Date(1, 15)),
            "soon" => _issuing.Issue(Name, names, to: Date(3, 1)),
            "not yet" => _issuing.Issue(Name, names, from: Date(3, 1)),
            "for clients" => _issuing.Issue(Name, names, TestAuthority.ClientAuthentication),
            _ => throw new ArgumentOutOfRangeException(nameof(which)),
        };
    }

    private static DateTimeOffset Date(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);

    private CertificateFindings Check(bool second = false)
    {
        var tls = new ListenerTlsOptions { ServerName = Name, Certificate = { Path = "vip.pem", KeyPath = "vip.key" } };
        if (second)
        {
            tls.Certificates.Add(new CertificateOptions { Path = "second.pem", KeyPath = "second.key" });
        }

        return CertificateAvailability.Check(_folder.Proxy(tls), new FakeTimeProvider(TestAuthority.Now));
    }
}
