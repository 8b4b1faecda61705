using System.Net.Security;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>What an idle connection costs whose TLS ends at the proxy, all in, as the operating system counts it.</summary>
[Collection<Alone>]
public sealed class TlsFootprintTests(ITestOutputHelper output)
{
    private const int WarmUp = 200;
    private const int Connections = 2000;
    private const double Kilobyte = 1024;

    // Of what SslStream takes, some 20 KB are OpenSSL's: the session, and a record's buffer that it keeps. Ours are 3 KB on the Reactor.
    private const double MostKilobytes = 40;

    // What is asked here is what is held, not what waits to be collected.
    private static readonly Dictionary<string, string> _collectsOften = new()
    {
        ["DOTNET_GCgen0size"] = "0x100000",
        ["MALLOC_ARENA_MAX"] = "2",
    };

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Terminated_Idle_WithinFortyKilobytes(string engine)
    {
        using var server = new EchoServer();
        using var front = await CertificateFiles.MakeAsync("iqservice.corp.example");
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", server.Address)) { Terminating = front.Terminating, MoreEnvironment = _collectsOften });
        await CloseAsync(await OpenAsync(proxy, WarmUp));
        await proxy.IsIdleAsync();
        var before = proxy.Figures.ResidentBytes;

        var open = await OpenAsync(proxy, Connections);

        var each = (proxy.Figures.ResidentBytes - before) / Kilobyte / Connections;
        output.WriteLine($"{engine}: {each:F1} KB resident an idle terminated connection, over {Connections}");
        Assert.InRange(each, 0, MostKilobytes);
        await CloseAsync(open);
        proxy.ExpectCleanLog();
    }

    /// <summary>Opened one after the other, and used once each.</summary>
    private static async Task<List<SslStream>> OpenAsync(ProxyProcess proxy, int count)
    {
        var open = new List<SslStream>();
        for (var i = 0; i < count; i++)
        {
            var client = await EchoClient.ConnectAsync(proxy.Port);
            var ssl = new SslStream(new System.Net.Sockets.NetworkStream(client.Socket, ownsSocket: true));
            await ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "iqservice.corp.example",
#pragma warning disable CA5359 // The certificate was made a moment ago, and is not what is tested.
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            });
            var buffer = new byte[64];
            await ssl.WriteAsync(buffer);
            await ssl.ReadExactlyAsync(buffer);
            open.Add(ssl);
        }

        return open;
    }

    private static async Task CloseAsync(List<SslStream> open)
    {
        foreach (var ssl in open)
        {
            await ssl.ShutdownAsync();
            await ssl.DisposeAsync();
        }
    }
}
