using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>
/// A load balancer in front says who the client is: the proxy then knows the client, and the destination gets the client's bytes alone.
/// </summary>
public sealed class ReceivedHeaders : HeaderScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");

    public static TheoryData<EngineKind, int> Versions
    {
        get
        {
            var data = new TheoryData<EngineKind, int>();
            foreach (var engine in new Engines().Select(row => row.Data))
            {
                data.Add(engine, 1);
                data.Add(engine, 2);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Header_OfAListedPeer_TheClientIsKnownAndTheBytesAreItsOwn(EngineKind engine, int version)
    {
        await StartAsync(engine, Trusting(), _primary);
        var client = await ConnectAsync();
        await client.SendAsync((byte[])[.. HeaderOf(version, Headers.Client), .. "ping"u8]);
        await client.ExpectAsync("ping");

        var session = Assert.Single(await Proxy.Service<SessionReader>().ReadAsync());
        Assert.Equal((Text(Headers.Client), Text(client.LocalEndPoint)), (session.Client, session.Peer));
        client.FinishSending();
        await client.ExpectFinAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(
            (Text(Headers.Client), Text(client.LocalEndPoint), 4L, "completed"), (line.Client, line.Peer, line.BytesIn, line.Outcome));
        Assert.EndsWith(
            $" peer={client.LocalEndPoint}", Proxy.Log.Events(Vocabulary.EventIds.ConnectionClosed)[0].Text, StringComparison.Ordinal);
        Assert.Equal(4, _primary.Traffic.Received);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Header_ByteByByte_AndMegabytesBehindIt_AllArriveInOrder(EngineKind engine, int version)
    {
        var payload = new Payload(seed: version, length: 20_000_001);
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Trusting(), destination);
        var client = await ConnectAsync();
        foreach (var one in HeaderOf(version, Headers.Client))
        {
            await client.SendAsync((byte[])[one]);
            await Task.Yield();
        }

        var agent = await destination.AcceptAsync();
        var sending = client.SendAsync(payload);
        var received = agent.HashToEndAsync();
        await sending;
        client.FinishSending();

        Assert.Equal((payload.Hash(), PeerEnd.Fin), await received);
        agent.Dispose();
        Assert.Equal((Text(Headers.Client), payload.Length), ((await Proxy.LineAsync()).Client, Proxy.Log.Lines[0].BytesIn));
    }

    /// <summary>What the header is for: each client's address counts, and not the load balancer's.</summary>
    [Theory, MemberData(nameof(Versions))]
    public async Task AllowedClients_AreTheRealOnes(EngineKind engine, int version)
    {
        await StartAsync(engine, Trusting() with { AllowedClients = ["198.51.100.0/24"] }, _primary);
        var friend = await ConnectAsync();
        await friend.SendAsync((byte[])[.. HeaderOf(version, Headers.Client), .. "ping"u8]);
        await friend.ExpectAsync("ping");

        var stranger = await ConnectAsync();
        await stranger.SendAsync(HeaderOf(version, new IPEndPoint(IPAddress.Parse("198.51.101.7"), 1)));
        await stranger.ExpectResetAsync();

        await RefusedAsync("not_allowed");
        Assert.Equal(1, _primary.Traffic.Connections);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task SourceAddress_RealClientsOfOneLoadBalancer_AreSpreadAndStay(EngineKind engine, int version)
    {
        var setup = Trusting() with { Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Policy"] = "SourceAddress" } };
        await StartAsync(
            engine,
            setup,
            TestDestination.Serving("a", Scripts.AnswerAsync("<a>.")),
            TestDestination.Serving("b", Scripts.AnswerAsync("<b>.")));
        var answers = new List<(int Client, string Answer)>();
        for (var i = 0; i < 40; i++)
        {
            using var client = await Proxy.ConnectAsync();
            await client.SendAsync(
                (byte[])[.. HeaderOf(version, new IPEndPoint(IPAddress.Parse($"198.51.100.{i % 20}"), 1000 + i)), .. "ping"u8]);
            answers.Add((i % 20, (await client.ReadToEndAsync()).Data));
        }

        Assert.All(answers.GroupBy(a => a.Client), own => Assert.Single(own.Select(a => a.Answer).Distinct()));
        Assert.Equal(["<a>.", "<b>."], answers.Select(a => a.Answer).Distinct().Order());
    }

    /// <summary>Its own health check: the peer is the client, and asks for no more than that it is listed.</summary>
    [Theory, MemberData(nameof(Versions))]
    public async Task Local_IsTheLoadBalancersOwn(EngineKind engine, int version)
    {
        await StartAsync(engine, Trusting() with { AllowedClients = ["198.51.100.0/24"] }, _primary);
        var check = await ConnectAsync();
        await check.SendAsync((byte[])[.. version == 1 ? "PROXY UNKNOWN\r\n"u8.ToArray() : Headers.Local(), .. "ping"u8]);
        await check.ExpectAsync("ping");
        check.FinishSending();
        await check.ExpectFinAsync();

        Assert.Equal((Text(check.LocalEndPoint), null), ((await Proxy.LineAsync()).Client, Proxy.Log.Lines[0].Peer));
    }

    /// <summary>HAProxy's health check in version 1 names HAProxy itself.</summary>
    [Theory, MemberData(nameof(Versions))]
    public async Task Header_WithTheLoadBalancersOwnAddress_IsTheLoadBalancersOwn(EngineKind engine, int version)
    {
        await StartAsync(engine, Trusting() with { AllowedClients = ["198.51.100.0/24"] }, _primary);
        var check = await ConnectAsync();
        await check.SendAsync((byte[])[.. HeaderOf(version, check.LocalEndPoint), .. "ping"u8]);

        await check.ExpectAsync("ping");
    }

    [Theory, ClassData<Engines>]
    public async Task HeaderAndServerSpeaksFirst_IsServedAtOnce(EngineKind engine)
    {
        await StartAsync(engine, Trusting(), TestDestination.Serving("primary", async peer =>
        {
            await peer.SendAsync("220 ready");
            await Scripts.EchoAsync(peer);
        }));
        var client = await ConnectAsync();
        await client.SendAsync(Headers.V2(Headers.Client));

        await client.ExpectAsync("220 ready");
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
    }

    [Theory, ClassData<Engines>]
    public async Task HeaderAndFirstByte_TheHeaderIsNotTheClientsFirstByte(EngineKind engine)
    {
        await StartAsync(engine, Trusting(("ConnectOn", "FirstByte")), _primary);
        var client = await ConnectAsync();
        await client.SendAsync(Headers.V2(Headers.Client));
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.Introduced is not null), () => "the header was taken");
        Assert.Equal(0, _primary.Traffic.Connections);

        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
    }

    private static byte[] HeaderOf(int version, IPEndPoint client) => version == 1 ? Headers.V1(client) : Headers.V2(client);
}
