using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Health.Methods;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class HttpProbeTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create("idp.example");
    private string _asked = "";

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", 200, nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.1 200\r\nConnection: close\r\n\r\nSuccess", 200, nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n", 200, nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", 200, nameof(ProbeResult.WrongStatus))]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 200, nameof(ProbeResult.WrongStatus))]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n", 200, nameof(ProbeResult.WrongStatus))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut off", 200, nameof(ProbeResult.Success))]
    [InlineData("SSH-2.0-OpenSSH_9\r\n\r\n", 200, nameof(ProbeResult.BadAnswer))]
    [InlineData("", 200, nameof(ProbeResult.Closed))]
    public async Task Run_Answer_StatusDecides(string answer, int expectStatus, string expected)
    {
        using var server = new ScriptedServer(stream => AnswerAsync(stream, answer));

        var result = await Asking.AskAsync(new HttpProbe("/", "", expectStatus, SpeaksTls: false), server.Address);

        Assert.Equal(expected, result.ToString());
        Assert.Equal(1, server.Accepted);
    }

    /// <summary>A heartbeat that says more than anybody wants to hear: its status decides, and the rest is not waited for.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", nameof(ProbeResult.Success))]
    [InlineData("HTTP/1.1 503 Busy\r\n\r\n", nameof(ProbeResult.WrongStatus))]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n", nameof(ProbeResult.WrongStatus))]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", nameof(ProbeResult.BadAnswer))]
    [InlineData("HTTP/1.1 200 ", nameof(ProbeResult.BadAnswer))]
    [InlineData("", nameof(ProbeResult.BadAnswer))]
    public async Task Run_AnswerWithoutEnd_IsDecidedAndLeft(string beginning, string expected)
    {
        using var server = new ScriptedServer(async stream =>
        {
            await AnswerAsync(stream, beginning);
            await Asking.SendWithoutEndAsync(stream, Encoding.ASCII.GetBytes(new string('x', 1000)));
        });

        var result = await Asking.AskAsync(new HttpProbe("/", "", 200, SpeaksTls: false), server.Address);

        Assert.Equal(expected, result.ToString());
        Assert.IsType<IOException>(await server.FirstEnd.Task.WaitAsync(Asking.Bound), exactMatch: false);
        Assert.Equal(1, server.Accepted);
    }

    [Theory]
    [InlineData("", "agent.example", "agent.example:{0}")]
    [InlineData("", "fd00::4", "[fd00::4]:{0}")]
    [InlineData("idp.example", "10.0.0.1", "idp.example")]
    public async Task Run_Request_AsksForPathAndHost(string host, string destination, string expected)
    {
        using var server = new ScriptedServer(stream => AnswerAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(
            ProbeResult.Success,
            await Asking.AskAsync(new HttpProbe("/nidp/app/heartbeat?x=1", host, 200, SpeaksTls: false), server.Address, destination));

        Assert.StartsWith("GET /nidp/app/heartbeat?x=1 HTTP/1.1\r\n", _asked);
        Assert.Contains($"\r\nHost: {string.Format(expected, server.Address.Port)}\r\n", _asked);
        Assert.Contains("\r\nConnection: close\r\n", _asked);
        Assert.DoesNotContain("traceparent", _asked);
    }

    [Theory]
    [InlineData(false, nameof(ProbeResult.Success))]
    [InlineData(true, nameof(ProbeResult.TlsFailed))]
    public async Task Run_OverTlsByAddress_TheCertificateCountsOnlyWhenVerified(bool verify, string expected)
    {
        using var server = new ScriptedServer(async stream =>
        {
            await using var session = new SslStream(stream);
            await session.AuthenticateAsServerAsync(_certificate);
            await AnswerAsync(session, "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n");
        });

        var result = await Asking.AskAsync(
            new HttpProbe("/", "", 200, SpeaksTls: true), server.Address, "127.0.0.1", terms: Asking.Terms("127.0.0.1", verify));

        Assert.Equal(expected, result.ToString());
    }

    private async Task AnswerAsync(Stream stream, string answer)
    {
        var buffer = new byte[4096];
        while (!_asked.EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var count)
        {
            _asked += Encoding.ASCII.GetString(buffer, 0, count);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
