using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using HaProxyNet.Tests.Tls.Certificates;

namespace HaProxyNet.NetworkTests;

/// <summary>A renewed certificate is shown without a restart, and no client notices that anything happened.</summary>
public sealed class CertificateSwapTests(ITestOutputHelper output)
{
    private const string Name = "iqservice.corp.example";
    private const int PerSecond = 200;
    private static readonly DateTimeOffset _today = TimeProvider.System.GetUtcNow();
    private static readonly TestAuthority _root = TestAuthority.Root();

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task FilesReplaced_UnderHandshakes_NoneFails(string engine)
    {
        using X509Certificate2 old = Certificate(), renewed = Certificate();
        using var echo = new EchoServer();
        var setup = Setup(engine, echo);
        await File.WriteAllTextAsync(setup.Beside("vip.pem"), old.ExportCertificatePem());
        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(old));
        await using var proxy = await ProxyProcess.StartAsync(setup);
        await using var load = new HandshakeLoad(proxy.Port, Name, PerSecond);
        load.Start();
        await ShownAsync(load, PerSecond);

        // Half of the pair: the certificate is there, its key is not.
        await File.WriteAllTextAsync(setup.Beside("vip.pem"), renewed.ExportCertificatePem());
        await proxy.HasWrittenAsync("The changed certificate files of front cannot be used");
        await ShownAsync(load, load.Serials.Count + PerSecond);
        Assert.All(load.Serials, serial => Assert.Equal(old.SerialNumber, serial));

        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(renewed));
        var written = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(
            () => load.Serials.Contains(renewed.SerialNumber), () => $"the new certificate is shown:\n{proxy.Text}");
        output.WriteLine($"{engine}: shown {Stopwatch.GetElapsedTime(written).TotalMilliseconds:0} ms after its key was written");
        var soFar = load.Serials.Count;
        await ShownAsync(load, soFar + (2 * PerSecond));
        await load.FinishAsync();

        // Those that had begun may still have got the old one; resumed sessions that began later do not.
        Assert.All(load.Serials.Skip(soFar + PerSecond), serial => Assert.Equal(renewed.SerialNumber, serial));
        Assert.Empty(load.Failures);
        output.WriteLine($"{engine}: {load.Serials.Count} handshakes, 0 failed");
        var metrics = await proxy.MetricsAsync();
        Assert.Equal(1, metrics.Sum("tls_certificate_reloads_total", ("listener", "front"), ("result", "success")));
        Assert.Equal(1, metrics.Sum("tls_certificate_reloads_total", ("listener", "front"), ("result", "failure")));
        Assert.Equal(
            new DateTimeOffset(renewed.NotAfter.ToUniversalTime()).ToUnixTimeSeconds(),
            metrics.Sum("tls_certificate_expiry_timestamp_seconds", ("listener", "front")));
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sighup_AfterTheFilesWereReplaced_TheNewOneIsShown(string engine)
    {
        using X509Certificate2 old = Certificate(), renewed = Certificate();
        using var echo = new EchoServer();
        var setup = Setup(engine, echo);
        await File.WriteAllTextAsync(setup.Beside("vip.pem"), old.ExportCertificatePem());
        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(old));
        await using var proxy = await ProxyProcess.StartAsync(setup);

        await File.WriteAllTextAsync(setup.Beside("vip.pem"), renewed.ExportCertificatePem());
        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(renewed));
        proxy.Send(Signal.Hangup);
        await proxy.HasWrittenAsync("Certificate of front renewed: ");

        await using var load = new HandshakeLoad(proxy.Port, Name, PerSecond);
        load.Start();
        await ShownAsync(load, 10);
        await load.FinishAsync();
        Assert.Empty(load.Failures);
        Assert.All(load.Serials, serial => Assert.Equal(renewed.SerialNumber, serial));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task ResumedSession_DoesNotOutliveTheCertificate(string engine)
    {
        Requirement.Linux();
        var openssl = Requirement.Command("openssl");
        using X509Certificate2 old = Certificate(), renewed = Certificate();
        using var echo = new EchoServer();
        var setup = Setup(engine, echo);
        await File.WriteAllTextAsync(setup.Beside("vip.pem"), old.ExportCertificatePem());
        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(old));
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var session = setup.Beside("session");
        Task<CommandResult> ConnectAsync(params string[] more)
            => CommandResult.OfAsync(openssl, ["s_client", "-connect", $"127.0.0.1:{proxy.Port}", "-servername", Name, "-tls1_2", .. more]);

        Assert.Contains("New, TLSv1.2", (await ConnectAsync("-sess_out", session)).Output, StringComparison.Ordinal);
        Assert.Contains("Reused, TLSv1.2", (await ConnectAsync("-sess_in", session)).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(setup.Beside("vip.pem"), renewed.ExportCertificatePem());
        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(renewed));
        await proxy.HasWrittenAsync("Certificate of front renewed: ");

        Assert.Contains("New, TLSv1.2", (await ConnectAsync("-sess_in", session)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FaultyCertificates_EndsAndNamesThemAll()
    {
        Requirement.Linux();
        using var echo = new EchoServer();
        using var setup = Setup(Engines.Managed, echo);
        await File.WriteAllTextAsync(setup.Beside("vip.key"), "nothing");

        var run = await CommandResult.OfAsync("dotnet", BuildOutput.Proxy, "run", "--config", setup.WriteFile());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"HaProxyNet.Listeners.front.Tls.Certificate.Path: there is no file {setup.Beside("vip.pem")}; ",
            run.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Output, StringComparison.Ordinal);
    }

    private static ProxySetup Setup(string engine, EchoServer echo) => new(engine, ("primary", echo.Address))
    {
        ListenerTls = $$"""{ "Mode": "Terminate", "ServerName": "{{Name}}", "Certificate": { "Path": "vip.pem", "KeyPath": "vip.key" } }""",
    };

    private static X509Certificate2 Certificate() => _root.Issue(Name, [Name], from: _today.AddDays(-1), to: _today.AddDays(90));

    private static Task ShownAsync(HandshakeLoad load, int count) => Eventually.HoldsAsync(
        () => load.Serials.Count >= count || load.Failures.Count > 0,
        () => $"{count} handshakes (there were {load.Serials.Count}): {string.Join('\n', load.Failures)}");
}
