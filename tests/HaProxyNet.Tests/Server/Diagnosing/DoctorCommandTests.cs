using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaProxyNet.Tests.Server;
using HaProxyNet.Tests.Tls.Certificates;

namespace HaProxyNet.Tests.Server.Diagnosing;

public sealed class DoctorCommandTests : IDisposable
{
    private const string Name = "iqservice.corp.example";
    private static readonly DateTimeOffset _today = TimeProvider.System.GetUtcNow();
    private static readonly TestAuthority _root = TestAuthority.Root();
    private readonly CertificateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SameCertificate_Ok_OneConnectionEach()
    {
        using var certificate = Certificate();
        await using TlsAgent primary = new(certificate), secondary = new(certificate);

        var run = await DoctorAsync(primary.Port, secondary.Port);

        Assert.Equal((0, "ok: no fault, 0 to watch"), (run.ExitCode, run.Output[^1]));
        Assert.Contains(
            $"certificate={Name} issuer=\"CN=Test Root\" sha256={Sha256(certificate)} days_left=299",
            run.Output[0],
            StringComparison.Ordinal);
        Assert.Matches(
            @"^pair/primary 127\.0\.0\.1:\d+ \(127\.0\.0\.1\) accepts in [\d.]+ ms TLS 1\.\d TLS_\w+ certificate=", run.Output[0]);
        Assert.Equal((1, 1), (primary.Accepted, secondary.Accepted));
    }

    [Fact]
    public async Task DifferentCertificates_NamesBothThumbprints()
    {
        using X509Certificate2 one = Certificate(), two = Certificate();
        await using TlsAgent primary = new(one), secondary = new(two);

        var run = await DoctorAsync(primary.Port, secondary.Port);

        Assert.Equal(1, run.ExitCode);
        var fault = Assert.Single(run.Output, line => line.StartsWith("fault: ", StringComparison.Ordinal));
        Assert.StartsWith("fault: pair: its destinations show different certificates: ", fault, StringComparison.Ordinal);
        Assert.Contains(Sha256(one), fault, StringComparison.Ordinal);
        Assert.Contains(Sha256(two), fault, StringComparison.Ordinal);
        Assert.Equal("not ok: 1 to mend, 0 to watch", run.Output[^1]);
    }

    [Fact]
    public async Task WrongName_SaysTheOptionOfIqService()
    {
        using var certificate = Certificate("iqs1.corp.example");
        await using TlsAgent primary = new(certificate);

        var run = await DoctorAsync(primary.Port);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.Output,
            line => line.StartsWith("fault: pair/primary: its certificate is for iqs1.corp.example", StringComparison.Ordinal)
                && line.EndsWith($"IQService.exe -m {Name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PlainPort_AndNobody_AreTwoFaults()
    {
        await using TlsAgent plain = new(certificate: null);

        var run = await DoctorAsync(plain.Port, 1);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Output, line => line.StartsWith("fault: pair/primary: the TLS handshake failed: ", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("fault: pair/secondary: does not accept: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddressOfTheListenerOnThisMachine_IsAFault_AndNotConnected()
    {
        var own = Dns.GetHostAddresses(Dns.GetHostName())
            .FirstOrDefault(ip => ip.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(ip));
        Assert.SkipWhen(own is null, "This machine has no address of its own.");
        _folder.Write("haproxynet.json", $$"""
            {
              "HaProxyNet": {
                "Listeners": { "front": { "Endpoint": "0.0.0.0:5050", "Cluster": "pair" } },
                "Clusters": { "pair": { "Destinations": [ { "Name": "primary", "Address": "{{own}}:5050" } ] } }
              }
            }
            """);

        var run = await CommandRun.OfAsync("doctor", "--config", _folder["haproxynet.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Output, line => line.StartsWith($"fault: pair/primary: leads back to this proxy itself: {own}:5050 is where "
            + "its listener front listens", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoTls_TheAgentIsOnlyConnected()
    {
        await using TlsAgent primary = new(certificate: null);

        var run = await DoctorAsync("{}", "{}", primary.Port);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("TLS", run.Output[0], StringComparison.Ordinal);

        // On Linux 0 as a rule: a process that is late by 40 ms, the system's delay of an ACK, is accepted.
        Assert.InRange(primary.Accepted, 0, 1);
    }

    [Theory]
    [InlineData("", "the certificate 'iqservice.corp.example' is not taken: its chain ends at ")]
    [InlineData("\"CaPath\": \"ca.pem\", ", "")]
    [InlineData(
        "\"CaPath\": \"ca.pem\", \"ServerName\": \"other.example\", ",
        "the certificate 'iqservice.corp.example' is not for 'other.example'")]
    [InlineData("\"Thumbprints\": [ \"SHA256\" ], ", "")]
    [InlineData("\"Thumbprints\": [ \"AA\" ], ", "the certificate 'iqservice.corp.example' has the thumbprint ")]
    public async Task ReEncryption_TheRulesOfTheClusterJudge(string settings, string refusal)
    {
        using var certificate = Certificate();
        await using TlsAgent primary = new(certificate);
        _folder.Write("ca.pem", _root.Certificate.ExportCertificatePem());
        _folder.WritePair("vip", certificate, _root.Certificate);
        var pin = settings
            .Replace("SHA256", Sha256(certificate), StringComparison.Ordinal)
            .Replace("\"AA\"", $"\"{new string('A', 64)}\"", StringComparison.Ordinal);
        var name = settings.Contains("ServerName", StringComparison.Ordinal) ? "" : $"\"ServerName\": \"{Name}\", ";

        var run = await DoctorAsync(
            """{ "Mode": "Terminate", "Certificate": { "Path": "vip.pem", "KeyPath": "vip.key" } }""",
            $"{{ {pin}{name}\"Enabled\": true }}", primary.Port);

        Assert.Equal(refusal.Length == 0 ? 0 : 1, run.ExitCode);
        Assert.Equal(
            refusal.Length > 0, run.Output.Any(line => line.StartsWith($"fault: pair/primary: {refusal}", StringComparison.Ordinal)));
    }

    /// <summary>
    /// The authority of a company, which this machine does not know: the destination would go down although clients are served.
    /// </summary>
    [Theory]
    [InlineData("\"Method\": \"Tls\", \"Host\": \"iqservice.corp.example\"", "its health probe (Method Tls, port PORT) fails and takes it "
        + "down: the certificate 'iqservice.corp.example' is not taken: its chain ends at ")]
    [InlineData("\"Method\": \"Tls\", \"Host\": \"iqservice.corp.example\", \"CaPath\": \"ca.pem\"", "")]
    [InlineData("\"Method\": \"Tls\", \"Thumbprints\": [ \"SHA256\" ]", "")]
    [InlineData(
        "\"Method\": \"Ldap\", \"Tls\": true, \"Verify\": false",
        "its health probe (Method Ldap, port PORT) fails and takes it down: closed; see that port PORT is the right one")]
    [InlineData("\"Probe\": \"Never\", \"Method\": \"Tls\"", "")]
    public async Task Passthrough_TheProbesAreRun(string health, string fault)
    {
        using var certificate = Certificate();
        await using TlsAgent primary = new(certificate);
        _folder.Write("ca.pem", _root.Certificate.ExportCertificatePem());

        var run = await DoctorAsync(
            $$"""{ "Mode": "Passthrough", "ServerName": "{{Name}}" }""",
            $$"""{}, "Health": { {{health.Replace("SHA256", Sha256(certificate), StringComparison.Ordinal)}} }""",
            primary.Port);

        Assert.Equal(fault.Length == 0 ? 0 : 1, run.ExitCode);
        Assert.Equal(
            fault.Length > 0,
            run.Output.Any(line => line.StartsWith(
                $"fault: pair/primary: {fault.Replace("PORT", $"{primary.Port}", StringComparison.Ordinal)}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TerminateToThePlainPort_IsWarnedOf()
    {
        using var certificate = Certificate();
        await using TlsAgent primary = new(certificate: null);
        _folder.WritePair("vip", certificate, _root.Certificate);

        var run = await DoctorAsync(
            """{ "Mode": "Terminate", "Certificate": { "Path": "vip.pem", "KeyPath": "vip.key" } }""", "{}", primary.Port);

        Assert.Contains(
            run.Output, line => line.Contains("IQService's TLS and plain ports speak different formats", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_IsOneDocument()
    {
        using var certificate = Certificate();
        await using TlsAgent primary = new(certificate);

        var run = await DoctorAsync($$"""{ "Mode": "Passthrough", "ServerName": "{{Name}}" }""", "{}", [primary.Port], "--json");

        using var report = JsonDocument.Parse(string.Join('\n', run.Output));
        Assert.True(report.RootElement.GetProperty("ok").GetBoolean());
        var one = report.RootElement.GetProperty("destinations")[0];
        Assert.Equal(Sha256(certificate), one.GetProperty("certificate").GetProperty("thumbprint").GetString());
        Assert.Equal(Name, one.GetProperty("serverName").GetString());
        Assert.Equal("Note", report.RootElement.GetProperty("findings")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public async Task FaultyConfiguration_SaysWhatCheckSays()
    {
        _folder.Write("haproxynet.json", """{ "HaProxyNet": { "Listeners": {}, "Clusters": {} } }""");

        var run = await CommandRun.OfAsync("doctor", "--config", _folder["haproxynet.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Error, line => line.StartsWith("HaProxyNet.Listeners: there is no listener", StringComparison.Ordinal));
    }

    private static X509Certificate2 Certificate(string name = Name)
        => _root.Issue(name, [name], from: _today.AddDays(-1), to: _today.AddDays(299.5));

    private static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private Task<CommandRun> DoctorAsync(params int[] ports)
        => DoctorAsync($$"""{ "Mode": "Passthrough", "ServerName": "{{Name}}" }""", "{}", ports);

    private Task<CommandRun> DoctorAsync(string listenerTls, string clusterTls, params int[] ports)
        => DoctorAsync(listenerTls, clusterTls, ports, []);

    private Task<CommandRun> DoctorAsync(string listenerTls, string clusterTls, int[] ports, params string[] more)
    {
        string[] names = ["primary", "secondary"];
        var destinations =
            string.Join(", ", ports.Zip(names, (port, name) => $$"""{ "Name": "{{name}}", "Address": "127.0.0.1:{{port}}" }"""));
        _folder.Write("haproxynet.json", $$"""
            {
              "HaProxyNet": {
                "Listeners": { "front": { "Endpoint": "127.0.0.1:0", "Cluster": "pair", "Tls": {{listenerTls}} } },
                "Clusters": { "pair": { "Destinations": [ {{destinations}} ], "Tls": {{clusterTls}} } }
              }
            }
            """);
        return CommandRun.OfAsync(["doctor", "--config", _folder["haproxynet.json"], .. more]);
    }
}
