using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using HaProxyNet.Tests.Tls.Certificates;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A night by script: refused, silent, flapping, drained, a renewed certificate, an answer that never came, a killed proxy. The report of
/// <c>haproxynet incident</c> has to say what the script did, event by event. With HAPROXYNET_TEST_DOCS=1 it becomes
/// docs/incident-example.html.
/// </summary>
public sealed class IncidentReportTests
{
    private const string Name = "iqservice.corp.example";
    private const int Flaps = 4;
    private static readonly TestAuthority _root = TestAuthority.Root();

    private readonly List<(string Kind, string Words)> _truth = [];
    private readonly SwitchableAgent _primary = new();
    private readonly SwitchableAgent _secondary = new();

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Report_OfAScriptedNight_SaysWhatTheScriptDid(string engine)
    {
        using var primary = _primary;
        using var secondary = _secondary;
        using X509Certificate2 old = Certificate(), renewed = Certificate();
        using var setup = new ProxySetup(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            OutlivesProxy = true,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            Terminating = new Dictionary<string, string> { ["Certificate:Path"] = "vip.pem", ["Certificate:KeyPath"] = "vip.key" },
        };
        await WriteAsync(setup, old);
        string client;
        await using (var proxy = await ProxyProcess.StartAsync(setup))
        {
            _truth.Add(("proxy_started", "The proxy started, version"));
            await CallAsync(proxy.Port);
            await RefusedAsync(proxy);
            await SilentAsync(proxy);
            for (var i = 0; i < Flaps; i++)
            {
                await RefusedAsync(proxy);
            }

            await DrainedAsync(proxy);
            await RenewedAsync(proxy, setup, renewed);
            client = await LeftWithoutAnAnswerAsync(proxy);
            await HistoryHasAsync(setup, client);
            await proxy.KillAsync();
        }

        await using var last = await ProxyProcess.StartAsync(setup);
        _truth.Add(("proxy_started", "had not stopped in order: it was killed"));
        await HistoryHasAsync(setup, "\"proxy_started\"", times: 2);

        using var report = JsonDocument.Parse(await ReportAsync(last, setup.Beside("report.json")));
        ExpectStory(report.RootElement);
        ExpectClient(report.RootElement, client);
        ExpectTheRest(report.RootElement);
        await ExpectDocumentsAsync(last, setup, client);
    }

    private async Task RefusedAsync(ProxyProcess proxy)
    {
        _primary.Stop();
        await CallAsync(proxy.Port);
        _truth.Add(("destination_down", $"pair/primary ({_primary.Address}) went down: it refuses connections"));
        _truth.Add(("failover", "New connections of pair went to secondary instead of primary, because primary refuses connections"));
        await BackAsync(proxy);
    }

    private async Task BackAsync(ProxyProcess proxy)
    {
        _primary.Start();
        await proxy.IsActiveAsync("primary");
        _truth.Add(("destination_up", $"pair/primary ({_primary.Address}) was up again"));
        _truth.Add(("failback", "New connections of pair went back from secondary to primary, because primary accepts again"));
    }

    /// <summary>SYNs are dropped: the first client goes on after the hedge, and the primary is down when its connect times out.</summary>
    private async Task SilentAsync(ProxyProcess proxy)
    {
        await _primary.FallSilentAsync();
        await CallAsync(proxy.Port);
        await proxy.HasWrittenAsync($"Destination down: pair/primary ({_primary.Address}), timeout");
        _truth.Add(("destination_suspect", $"pair/primary ({_primary.Address}) had not answered in time"));
        _truth.Add(("destination_down", $"pair/primary ({_primary.Address}) went down: it does not answer"));
        _truth.Add(("failover", "New connections of pair went to secondary instead of primary, because primary does not answer"));
        _primary.Stop();
        await BackAsync(proxy);
    }

    private async Task DrainedAsync(ProxyProcess proxy)
    {
        (await proxy.CommandAsync("drain", "pair/primary")).ExpectSuccess("drain");
        _truth.Add(("failover", "because an operator drains it"));
        _truth.Add(("operator", "has set pair/primary: draining"));
        (await proxy.CommandAsync("enable", "pair/primary")).ExpectSuccess("enable");
        _truth.Add(("failback", "because an operator has put it back"));
        _truth.Add(("operator", "has set pair/primary: enabled"));
    }

    private async Task RenewedAsync(ProxyProcess proxy, ProxySetup setup, X509Certificate2 renewed)
    {
        await WriteAsync(setup, renewed);
        proxy.Send(Signal.Hangup);
        await proxy.HasWrittenAsync("Certificate of front renewed: ");
        _truth.Add(("certificate_renewed", "Certificate of front renewed"));
    }

    /// <summary>The primary resets after it has got the call; returns who the client was.</summary>
    private async Task<string> LeftWithoutAnAnswerAsync(ProxyProcess proxy)
    {
        _primary.ResetsCalls = true;
        using var socket = await ConnectAsync(proxy.Port);
        var client = socket.Client.LocalEndPoint!.ToString()!;
        await using var tls = await SecureAsync(socket);
        await tls.WriteAsync(new byte[100]);
        await Assert.ThrowsAnyAsync<IOException>(async () => await tls.ReadExactlyAsync(new byte[1]));
        _primary.ResetsCalls = false;
        return client;
    }

    private void ExpectStory(JsonElement report)
    {
        var told = report.GetProperty("story").EnumerateArray()
            .Select(line => (Kind: line.GetProperty("kind").GetString()!, Sentence: line.GetProperty("sentence").GetString()!))
                .Where(line => _truth.Any(event_ => event_.Kind == line.Kind)).ToList();
        var text = string.Join('\n', told.Select(t => $"{t.Kind}: {t.Sentence}"));
        Assert.True(_truth.Count == told.Count, $"{_truth.Count} events happened, {told.Count} are told:\n{text}");
        foreach (var (happened, line) in _truth.Zip(told))
        {
            Assert.True(
                happened.Kind == line.Kind && line.Sentence.Contains(happened.Words, StringComparison.Ordinal),
                $"expected '{happened}', got '{line}' in:\n{text}");
        }
    }

    private static void ExpectClient(JsonElement report, string client)
    {
        var unknown = Assert.Single(report.GetProperty("unknown").EnumerateArray());
        Assert.Equal((client, "destination_reset", 100L), (
            unknown.GetProperty("client").GetString(),
            unknown.GetProperty("outcome").GetString(),
            unknown.GetProperty("bytesIn").GetInt64()));
    }

    private static void ExpectTheRest(JsonElement report)
    {
        var evidence = report.GetProperty("evidence").EnumerateArray()
            .Select(e => (e.GetProperty("reason").GetString(), e.GetProperty("by").GetString())).ToList();
        Assert.Contains(("refused", "connects for clients"), evidence);
        Assert.Contains(evidence, e => e.Item1 is "timeout");
        Assert.Contains(
            report.GetProperty("advice").EnumerateArray(),
            a => a.GetProperty("setting").GetString()!.Contains("StableFor", StringComparison.Ordinal));
        Assert.Contains(
            "certificate_renewed", report.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("kind").GetString()));
        Assert.Contains(
            report.GetProperty("summary").EnumerateArray(),
            s => s.GetString()!.StartsWith($"pair failed over {Flaps + 3} times", StringComparison.Ordinal));
    }

    private static async Task ExpectDocumentsAsync(ProxyProcess proxy, ProxySetup setup, string client)
    {
        var page = Environment.GetEnvironmentVariable("HAPROXYNET_TEST_DOCS") is "1"
            ? BuildOutput.Source("docs/incident-example.html")
            : setup.Beside("report.html");
        var html = await ReportAsync(proxy, page);
        Assert.Contains(client, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        var text = await proxy.CommandAsync("incident", "--since", "1h");
        text.ExpectSuccess("incident");
        Assert.Contains("## Outcome unknown", text.Output, StringComparison.Ordinal);
    }

    private static async Task<string> ReportAsync(ProxyProcess proxy, string file)
    {
        (await proxy.CommandAsync("incident", "--since", "1h", "--out", file)).ExpectSuccess("incident");
        return await File.ReadAllTextAsync(file);
    }

    private static async Task HistoryHasAsync(ProxySetup setup, string text, int times = 1)
    {
        using var http = new HttpClient();
        await Eventually.HoldsAsync(
            async () => (await http.GetStringAsync(new Uri(setup.AdminUrl, "api/v1/history"))).Split(text).Length > times,
            () => $"the history has {text}");
    }

    private static async Task CallAsync(int port)
    {
        using var socket = await ConnectAsync(port);
        await using var tls = await SecureAsync(socket);
        await tls.WriteAsync("call"u8.ToArray());
        await tls.ReadExactlyAsync(new byte[4]);
    }

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        var socket = new TcpClient(AddressFamily.InterNetwork);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task<SslStream> SecureAsync(TcpClient socket)
    {
        var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = Name,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == $"CN={Name}",
        });
        return tls;
    }

    private static async Task WriteAsync(ProxySetup setup, X509Certificate2 certificate)
    {
        await File.WriteAllTextAsync(setup.Beside("vip.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(setup.Beside("vip.key"), TestAuthority.KeyPem(certificate));
    }

    private static X509Certificate2 Certificate()
        => _root.Issue(Name, [Name], from: TimeProvider.System.GetUtcNow().AddDays(-1), to: TimeProvider.System.GetUtcNow().AddDays(90));
}
