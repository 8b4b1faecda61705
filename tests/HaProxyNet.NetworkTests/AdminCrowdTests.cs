using System.Net;
using System.Net.Sockets;
using System.Text;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>Strangers who send half a request to the admin endpoint and then nothing keep nobody from /healthz.</summary>
public sealed class AdminCrowdTests
{
    private const int Strangers = 400;

    private static readonly byte[] _half = Encoding.ASCII.GetBytes("GET /metrics HTTP/1.1\r\nHost: local");

    /// <summary>Far less than strangers may keep their half a request open.</summary>
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Strangers_SendHalfARequest_HealthzAnswers(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address)));
        var stop = TestContext.Current.CancellationToken;
        var strangers = new List<Socket>();
        try
        {
            for (var i = 0; i < Strangers; i++)
            {
                var stranger = new Socket(SocketType.Stream, ProtocolType.Tcp);
                strangers.Add(stranger);
                await stranger.ConnectAsync(new IPEndPoint(IPAddress.Loopback, proxy.MetricsUrl.Port), stop);
                await stranger.SendAsync(_half, stop);
            }

            for (var i = 0; i < 5; i++)
            {
                using var client = new HttpClient { Timeout = _bound };
                using var answer = await client.GetAsync(new Uri(proxy.PageUrl, "healthz"), stop);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }
}
