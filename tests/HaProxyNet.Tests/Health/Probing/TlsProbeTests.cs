using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Health.Probing;

namespace HaProxyNet.Tests.Health.Probing;

public sealed class TlsProbeTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create("iqs.example");
    private string? _askedFor;

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData("iqs.example", "iqs.example")]
    [InlineData("", "agent.example")]
    public async Task Run_Handshake_SucceedsAndTheServerSeesAnOrderlyEnd(string host, string expected)
    {
        using var server = new ScriptedServer(ServeAsync);

        Assert.Equal(ProbeResult.Success, await Asking.AskAsync(new TlsProbe(new ProbeTls(host, Verify: false)), server.Address));

        Assert.Null(await server.FirstEnd.Task.WaitAsync(Asking.Bound));
        Assert.Equal(expected, _askedFor);
    }

    [Fact]
    public async Task Run_VerifyAndNobodyHasSigned_TlsFailed()
    {
        using var server = new ScriptedServer(ServeAsync);

        Assert.Equal(ProbeResult.TlsFailed, await Asking.AskAsync(new TlsProbe(new ProbeTls("iqs.example", Verify: true)), server.Address));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ServerSpeaksNoTls_Fails(bool answers)
    {
        using var server = new ScriptedServer(async stream =>
        {
            if (answers)
            {
                await stream.ReadExactlyAsync(new byte[32]);
                await stream.WriteAsync("220 not TLS at all\r\n"u8.ToArray());
                await ScriptedServer.ReadToEndAsync(stream);
            }
        });

        var result = await Asking.AskAsync(new TlsProbe(new ProbeTls("", Verify: false)), server.Address);

        Assert.Contains(result, answers ? [ProbeResult.TlsFailed] : new[] { ProbeResult.Closed, ProbeResult.Reset, ProbeResult.TlsFailed });
    }

    [Fact]
    public async Task Run_ServerSaysNothing_TimedOut()
    {
        using var server = new ScriptedServer(ScriptedServer.ReadToEndAsync);

        Assert.Equal(ProbeResult.TimedOut, await Asking.AskAsync(new TlsProbe(new ProbeTls("", Verify: false)), server.Address, timeout: TimeSpan.FromMilliseconds(100)));
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        await using var session = new SslStream(stream);
        await session.AuthenticateAsServerAsync(
            (_, hello, _, _) =>
            {
                _askedFor = hello.ServerName;
                return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificate = _certificate });
            },
            state: null);
        await ScriptedServer.ReadToEndAsync(session);
    }
}
