using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The proxy is stopped while a probe waits for its answer, for longer than the probe's time-out. The answer came in time and could not be
/// read: it counts.
/// </summary>
public sealed class PausedProbeTests
{
    /// <summary>Longer than this test, which gives the answers, may be kept from its work.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(3);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Stopped_WhileAProbeWaits_ItsAnswerCounts(string engine)
    {
        using var heartbeat = new TcpListener(IPAddress.Loopback, 0);
        heartbeat.Start();
        var health = new Dictionary<string, string>
        {
            ["Probe"] = "Always",
            ["Method"] = "Http",
            ["Tls"] = "false",
            ["Interval"] = "00:00:00.200",
            ["Timeout"] = _timeout.ToString("c"),
        };
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", heartbeat.LocalEndpoint.ToString()!))
        {
            Health = health,
        });

        await AnswerAsync(heartbeat, proxy, _timeout + TimeSpan.FromSeconds(1));

        // The next one comes only when that one has ended.
        await AnswerAsync(heartbeat, proxy, pause: null);
        _ = AnswerAllAsync(heartbeat, proxy);

        var probes = await proxy.MetricsAsync();
        Assert.Equal(0, probes.Sum("probes_total", ("result", "timeout")));
        Assert.False(proxy.Wrote("Destination down"), proxy.Text);
        proxy.ExpectCleanLog();
    }

    private static async Task AnswerAllAsync(TcpListener heartbeat, ProxyProcess proxy)
    {
        try
        {
            while (true)
            {
                await AnswerAsync(heartbeat, proxy, pause: null);
            }
        }
        catch (Exception end) when (end is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>Answers a probe at once; null: the proxy is not stopped for it.</summary>
    private static async Task AnswerAsync(TcpListener heartbeat, ProxyProcess proxy, TimeSpan? pause)
    {
        using var probe = await heartbeat.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(probe);
        Assert.NotEqual(0, await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken));
        if (pause is not null)
        {
            proxy.Send(Signal.Stop);
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray());
        if (pause is { } time)
        {
            await Task.Delay(time, TestContext.Current.CancellationToken);
            proxy.Send(Signal.Continue);
        }

        try
        {
            while (await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken) > 0)
            {
                // Up to its end.
            }
        }
        catch (IOException)
        {
            // It has ended with a reset.
        }
    }
}
