using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using HaProxyNet.Tests.Server.Diagnosing;
using HaProxyNet.Tests.Tls.Certificates;

namespace HaProxyNet.NetworkTests;

/// <summary><c>doctor</c> as operators run it, against two agents.</summary>
public sealed class DoctorTests
{
    private const string Name = "iqservice.corp.example";
    private static readonly DateTimeOffset _today = TimeProvider.System.GetUtcNow();
    private static readonly TestAuthority _root = TestAuthority.Root();

    [Fact]
    public async Task TwoAgentsWithDifferentCertificates_Exits1_AndNamesBothThumbprints()
    {
        using X509Certificate2 one = Certificate(), two = Certificate();
        await using TlsAgent primary = new(one), secondary = new(two);

        var run = await DoctorAsync(primary, secondary);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("fault: pair: its destinations show different certificates: ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"primary shows {Sha256(one)}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"secondary shows {Sha256(two)}", run.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (primary.Accepted, secondary.Accepted));
    }

    [Fact]
    public async Task TheSameCertificate_Exits0_AndJsonSaysSo()
    {
        using var certificate = Certificate();
        await using TlsAgent primary = new(certificate), secondary = new(certificate);

        var run = await DoctorAsync(primary, secondary, "--json");

        run.ExpectSuccess("doctor");
        using var report = JsonDocument.Parse(run.Output);
        Assert.True(report.RootElement.GetProperty("ok").GetBoolean());
        Assert.All(
            report.RootElement.GetProperty("destinations").EnumerateArray(),
            one => Assert.Equal(Sha256(certificate), one.GetProperty("certificate").GetProperty("thumbprint").GetString()));
    }

    private static X509Certificate2 Certificate() => _root.Issue(Name, [Name], from: _today.AddDays(-1), to: _today.AddDays(300));

    private static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static async Task<CommandResult> DoctorAsync(TlsAgent primary, TlsAgent secondary, params string[] more)
    {
        using var setup = new ProxySetup(
            Engines.Managed, ("primary", $"127.0.0.1:{primary.Port}"), ("secondary", $"127.0.0.1:{secondary.Port}"))
        {
            ListenerTls = $$"""{ "Mode": "Passthrough", "ServerName": "{{Name}}" }""",
        };
        return await CommandResult.OfAsync("dotnet", [BuildOutput.Proxy, "doctor", "--config", setup.WriteFile(), .. more]);
    }
}
