using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// An upgrade under requests of HTTP: what is open stays with the old process until it ends, each client's next answer sends it to the new
/// one, and no request fails or comes twice. POST: no client may repeat it by itself.
/// </summary>
public sealed class HttpUpgradeTests(ITestOutputHelper output)
{
    private const int Clients = 6;

    [Fact]
    public async Task Upgrade_UnderRequests_NoneFailsNoneComesTwice_AWebSocketStaysUntilItEnds()
    {
        using var certificate = await CertificateFiles.MakeAsync("idp.corp.example");
        await using var member = await CountingMember.StartAsync();
        using var setup = new ProxySetup("Reactor", ("primary", member.Address))
        {
            OutlivesProxy = true,
            Terminating = certificate.Terminating,
            SpeaksHttp = true,
        };
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        var first = proxy.First.Id;
        using var socket = new ClientWebSocket();
#pragma warning disable CA5359 // The test's own proxy shows a certificate of the test's own.
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{setup.Port}/socket"), TestContext.Current.CancellationToken);
        await EchoAsync(socket);
        var failures = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(number => PostAsync(setup.Port, number, failures, stop.Token)).ToList();
        await member.HasServedAsync(200);

        await proxy.UpgradeAndLeaveAsync();
        await member.HasServedAsync(member.Served + 200);
        await proxy.UpgradeAndLeaveAsync();
        await member.HasServedAsync(member.Served + 200);
        await stop.CancelAsync();
        var sent = (await Task.WhenAll(clients)).Sum();

        Assert.Empty(failures);
        Assert.Equal(sent, member.Served);
        Assert.Empty(member.Twice);
        await EchoAsync(socket);
        Assert.True(ProcessFigures.IsRunning(first));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await proxy.HasGoneAsync(first);
        proxy.First.ExpectCleanLog();
        output.WriteLine($"requests={sent} failed=0 twice=0 upgrades=2");
    }

    /// <summary>One request after the other on kept connections; returns how many were answered.</summary>
    private static async Task<int> PostAsync(int port, int number, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
#pragma warning disable CA5359 // As above.
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(2) };
        var sent = 0;
        for (; !stop.IsCancellationRequested; sent++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{number}-{sent}");
            try
            {
                using var content = new StringContent(name);
                using var answer = await client.PostAsync(new Uri($"https://127.0.0.1:{port}/{name}"), content, CancellationToken.None);
                answer.EnsureSuccessStatusCode();
            }
            catch (HttpRequestException fault)
            {
                failures.Enqueue($"{name}: {fault.Message} {fault.InnerException?.Message}");
            }
        }

        return sent;
    }

    private static async Task EchoAsync(ClientWebSocket socket)
    {
        var (word, buffer) = (Encoding.ASCII.GetBytes("word"), new byte[16]);
        await socket.SendAsync(word, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var answer = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal(word, buffer.AsSpan(0, answer.Count).ToArray());
    }
}
