using System.Security.Cryptography;
using System.Text;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Garbage and slowness in the handshake.</summary>
public sealed class HostileClients : TlsScenario
{
    public HostileClients() => Truth.PeersCountTls = true;

    [Theory, ClassData<TlsStacks>]
    public async Task PlainText_IsNotTls(TlsStack engine)
        => await EndsAsync(engine, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "not_tls", "tls_failed");

    [Theory, ClassData<TlsStacks>]
    public async Task RandomBytes_IsNotTls(TlsStack engine)
    {
        var noise = RandomNumberGenerator.GetBytes(4096);
        noise[0] = 0x99;
        await EndsAsync(engine, noise, "not_tls", "tls_failed");
    }

    /// <summary>An SSL 2 hello, and noise with a version where a record has it: libraries would wait for the rest.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task NotTlsInAFrameThatLibrariesWaitFor_IsNotTlsAtOnce(TlsStack engine)
        => await EndsAsync(engine, [0x99, 3, 1, 0x40, 0, .. new byte[7]], "not_tls", "tls_failed");

    /// <inheritdoc cref="NotTlsInAFrameThatLibrariesWaitFor_IsNotTlsAtOnce"/>
    [Theory, ClassData<TlsStacks>]
    public async Task BeginningOfAnSsl2Hello_IsNotTlsAtOnce(TlsStack engine)
        => await EndsAsync(engine, [0x80, 0x2E, 1, 3, 1, 0, 21, 0, 0, 0, 16], "not_tls", "tls_failed");

    /// <summary>A record that is longer than a record can be (RFC 8446, 5.1: 2^14 bytes).</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task OversizedRecord_Fails(TlsStack engine)
        => await EndsAsync(engine, [22, 3, 1, 0xFF, 0xFF, .. new byte[70_000]], "failed", "tls_failed");

    [Theory, ClassData<TlsStacks>]
    public async Task BrokenHello_Fails(TlsStack engine)
    {
        var hello = await ClientHelloBytes.TakeAsync();
        RandomNumberGenerator.Fill(hello.AsSpan(5 + 4 + 2 + 32));
        await EndsAsync(engine, hello, result: null, "tls_failed");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task TruncatedHelloAndFin_IsGone(TlsStack engine)
    {
        var hello = await ClientHelloBytes.TakeAsync();
        await EndsAsync(engine, hello[..^7], "peer_gone", "client_aborted", finish: true);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task NothingAndFin_IsGone(TlsStack engine) => await EndsAsync(engine, [], "peer_gone", "client_aborted", finish: true);

    public static TheoryData<TlsStack, double> Stages { get; } = [.. new TlsStacks().SelectMany(
        engine => new[] { 0, 0.001, 0.01, 0.3, 0.9, 1 }.Select(part => new TheoryDataRow<TlsStack, double>(engine.Data, part)))];

    /// <summary>Slowloris: a part of the hello, or all of it and no answer to ours.</summary>
    [Theory, MemberData(nameof(Stages))]
    public async Task StopsInTheMiddle_IsResetInTime(TlsStack engine, double part)
    {
        var hello = await ClientHelloBytes.TakeAsync();
        var count = (int)Math.Ceiling(hello.Length * part);
        var agent = TestDestination.Echoing("primary");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow); // certificates are valid by it
        await StartAsync(engine, new ProxySetup { Time = time, Listener = Terminating() }.WithoutIdleProbes(), agent);
        var client = await ConnectAsync();
        await client.SendAsync(hello.AsMemory(0, count));
        await Eventually.TrueAsync(time, TimeSpan.FromSeconds(1), () => Proxy.Log.Lines.Count == 1, "its time is over");

        Assert.Equal(PeerEnd.Reset, (await client.ReadToEndAsync()).End);

        var line = await Proxy.LineAsync();
        Assert.Equal(("tls_failed", "proxy"), (line.Outcome, line.ClosedBy));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "result=timeout"));
        Assert.Contains("took too long", Assert.Single(Proxy.Log.Events(EventIds.HandshakeFailed)).Text, StringComparison.Ordinal);
        Assert.Equal(0, agent.Traffic.Connections);
        await ServesAsync();
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ByteByByte_IsServed(TlsStack engine)
    {
        // Each byte of the hello alone: not one place in it is special.
        await StartAsync(engine, Wires.TlsPlain, TestDestination.Echoing("primary"));
        var hello = await ClientHelloBytes.TakeAsync();
        var client = await ConnectAsync();
        foreach (var octet in hello)
        {
            await client.SendAsync(new[] { octet });
        }

        // A server's answer: a handshake record (RFC 8446, 5.1).
        var answer = new byte[1];
        Assert.Equal(1, await client.ReceiveAsync(answer));
        Assert.Equal(22, answer[0]);
        client.Reset();
        await Proxy.LinesAsync(1);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task AdminCloseInHandshake_Resets(TlsStack engine)
    {
        await StartAsync(engine, Wires.TlsPlain, TestDestination.Echoing("primary"));
        var client = await ConnectAsync();
        await client.SendAsync(new byte[] { 22, 3, 1 });
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Count == 1, () => "the connection is open");

        Assert.Single(await Proxy.ConnectionsAsync()).Abort();

        await client.ExpectResetAsync();
        Assert.Equal("closed_by_admin", (await Proxy.LineAsync()).Outcome);
    }

    private async Task EndsAsync(TlsStack engine, byte[] bytes, string? result, string outcome, bool finish = false)
    {
        var agent = TestDestination.Echoing("primary");
        await StartAsync(engine, Wires.TlsPlain, agent);
        var client = await ConnectAsync();
        await client.SendAsync(bytes);
        if (finish)
        {
            client.FinishSending();
        }

        // An alert may come before.
        Assert.Equal(PeerEnd.Reset, (await client.ReadToEndAsync()).End);

        var line = await Proxy.LineAsync();
        Assert.Equal((outcome, "", 0), (line.Outcome, line.Destination, line.Attempts));
        var handshakes = (await Proxy.ScrapeAsync()).Counted("tls_handshakes_total").Single();
        Assert.Equal(1, handshakes.Value);
        if (result is not null)
        {
            Assert.Equal(result, handshakes.Labels["result"]);
        }

        Assert.Single(Proxy.Log.Events(outcome == "tls_failed" ? EventIds.HandshakeFailed : EventIds.HandshakeLeft));
        Assert.Equal(0, agent.Traffic.Connections);
        await ServesAsync();
    }

    private async Task ServesAsync()
    {
        using var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
    }
}
