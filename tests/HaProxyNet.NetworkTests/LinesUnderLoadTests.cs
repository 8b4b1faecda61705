using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// Short connections, as fast as four threads can make them: of each there is a line at its start and one at its end, in the log as JSON
/// and at a syslog server, or it is counted as lost.
/// </summary>
public sealed class LinesUnderLoadTests(ITestOutputHelper output)
{
    private const int Threads = 4;
    private const int Each = 1_000;
    private const int Lines = 2 * Threads * Each;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task ShortConnections_EachLineIsWrittenOrCounted(string engine)
    {
        using var agent = new EchoServer();
        using var syslog = new LineCounter(" state=\"started\"", " closed_by=\"");
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", agent.Address))
        {
            LogsConnections = true,
            MoreEnvironment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HAPROXYNET__Log__Format"] = "Json",
                ["HAPROXYNET__Log__Syslog__Address"] = $"tcp://{syslog.Address}",
                ["HAPROXYNET__Listeners__front__Log__AtStart"] = "true",
            },
        });

        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () => Call(proxy.Port), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        output.WriteLine($"{Threads * Each / TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} connections/s");

        foreach (var (place, written) in new (string, Func<int>)[] { ("console", () => WrittenBy(proxy)), ("syslog", () => syslog.Count) })
        {
            var (got, lost) = (0, 0.0);
            await Eventually.HoldsAsync(
                async () =>
                {
                    (got, lost) = (written(), (await proxy.MetricsAsync()).Sum("log_lines_dropped_total", ("output", place)));
                    return got + lost >= Lines;
                },
                () => $"{Lines} lines at {place}: {got} are there, {lost} are counted as lost",
                TimeSpan.FromMilliseconds(200));
            Assert.Equal(Lines, got + lost);
            output.WriteLine($"{place}: {got} lines, {lost} lost");
        }

        Assert.Equal(Threads * Each, (await proxy.MetricsAsync()).Sum("connections_total"));
    }

    private static int WrittenBy(ProxyProcess proxy) => proxy.Lines.Count(line
        => line.Contains("\"message\":\"Connection started\"", StringComparison.Ordinal)
            || line.Contains("\"message\":\"Connection closed\"", StringComparison.Ordinal));

    /// <summary>One call after another; each ends by a reset, which leaves no port behind that nobody may use for a minute.</summary>
    private static void Call(int port)
    {
        Span<byte> answer = stackalloc byte[1];
        for (var call = 0; call < Each; call++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                LingerState = new LingerOption(enable: true, seconds: 0),
                ReceiveTimeout = 120_000,
            };
            client.Connect(new IPEndPoint(IPAddress.Loopback, port));
            client.Send([1]);
            Assert.Equal(1, client.Receive(answer));
        }
    }
}
