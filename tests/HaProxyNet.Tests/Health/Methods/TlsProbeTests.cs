using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Health.Methods;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class TlsProbeTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create("iqs.example");
    private string? _askedFor;

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Run_Handshake_SucceedsAndTheServerSeesAnOrderlyEnd()
    {
        using var server = new ScriptedServer(ServeAsync);

        Assert.Equal(ProbeResult.Success, await Asking.AskAsync(new TlsProbe(), server.Address, terms: Asking.Terms("iqs.example")));

        Assert.Null(await server.FirstEnd.Task.WaitAsync(Asking.Bound));
        Assert.Equal("iqs.example", _askedFor);
    }

    [Fact]
    public async Task Run_VerifyAndNobodyHasSigned_TlsFailed()
    {
        using var server = new ScriptedServer(ServeAsync);

        Assert.Equal(
            ProbeResult.TlsFailed, await Asking.AskAsync(new TlsProbe(), server.Address, terms: Asking.Terms("iqs.example", verify: true)));
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

        var result = await Asking.AskAsync(new TlsProbe(), server.Address, terms: Asking.Terms("agent.example"));

        Assert.Equal(ProbeResult.TlsFailed, result);
    }

    [Fact]
    public async Task Run_ServerSaysNothing_TlsFailed()
    {
        using var server = new ScriptedServer(ScriptedServer.ReadToEndAsync);

        Assert.Equal(
            ProbeResult.TlsFailed,
            await Asking.AskAsync(
                new TlsProbe(), server.Address, timeout: TimeSpan.FromMilliseconds(100), terms: Asking.Terms("agent.example")));
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
