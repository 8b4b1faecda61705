using HaProxyNet.Configuration;
using HaProxyNet.Failover;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State;
using HaProxyNet.Upgrading;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Upgrading;

/// <summary>
/// A hand-over step by step, between two proxies of one process: connections live on between its steps, and some begin and end there.
/// </summary>
public sealed class HandoverPhases : IAsyncDisposable
{
    private readonly TestDestination _destination = TestDestination.Listening("primary");
    private readonly List<TestPeer> _clients = [];
    private HandoverSocket? _sender;
    private HandoverSocket? _receiver;
    private TestProxy? _old;
    private TestProxy? _new;

    [Fact]
    public async Task HandOver_ConnectionsMoveBeginAndEndBetweenItsSteps_EachGoesOnWhereItStands()
    {
        var held = await StartAsync();
        var adopted = _new!.Service<AdoptedConnections>();
        var (quiet, busy, ending, reset) = (await OpenAsync(), await OpenAsync(), await OpenAsync(), await OpenAsync());

        await held.CopyAsync(_sender!);
        await ReceiveAsync(adopted, HandoverKind.Prepare);
        await adopted.PrepareAsync();
        Assert.Empty(adopted.TakeRefused());

        // The old one relays on, and the new one has done nothing.
        await ExchangeAsync(busy);
        await EndAsync(ending);
        reset.Agent.Reset();
        await reset.Client.ExpectResetAsync();
        await LinesAsync(_old!, "completed", "destination_reset");
        var late = await OpenAsync();

        await held.HoldAsync();
        Assert.Equal(3, held.Count);
        await busy.Client.SendAsync("while it stands still");
        var terms = held.SendDifference(_sender!);
        Assert.Equal(2, terms.Ended.Count);
        await ReceiveAsync(adopted, HandoverKind.Commit);
        adopted.Forget(terms.Ended);
        Assert.Empty(adopted.TakeRefused());
        Assert.Equal(3, adopted.Begin());
        Assert.Equal(3, await held.LeaveAsync(new HashSet<long>()));

        await busy.Agent.ExpectAsync("while it stands still");
        Assert.Equal(3, (await _new.ConnectionsAsync()).Count);
        Assert.Empty(await _old!.ConnectionsAsync());
        foreach (var one in new[] { quiet, busy, late })
        {
            await ExchangeAsync(one);
            await EndAsync(one);
        }

        var lines = await LinesAsync(_new, "completed", "completed", "completed");
        Assert.Equal([8L, 8L, 12L + "while it stands still".Length], lines.Select(line => line.BytesIn).Order());
        Assert.Equal([8L, 8L, 12L], lines.Select(line => line.BytesOut).Order());
    }

    [Fact]
    public async Task TakeBack_AfterAHold_NothingHasHappened()
    {
        var held = await StartAsync();
        var (one, ending) = (await OpenAsync(), await OpenAsync());
        await held.CopyAsync(_sender!);
        await held.HoldAsync();
        await one.Client.SendAsync("while it stands still");
        ending.Client.FinishSending();

        // The other process has crashed: its copies are gone with it.
        _receiver!.Dispose();
        await held.GoOnAsync(cut: false);

        await one.Agent.ExpectAsync("while it stands still");
        await ending.Agent.ExpectFinAsync();
        ending.Agent.FinishSending();
        await ending.Client.ExpectFinAsync();
        await ExchangeAsync(one);
        await EndAsync(one);
        await LinesAsync(_old!, "completed", "completed");
    }

    [Fact]
    public async Task HandOver_NewOneHasNoSuchCluster_TheConnectionNeverStandsStill()
    {
        var held = await StartAsync();
        var adopted = _new!.Service<AdoptedConnections>();
        var one = await OpenAsync();
        _new.Reload([("other", _destination.Address.ToString())]);

        await held.CopyAsync(_sender!);
        await ReceiveAsync(adopted, HandoverKind.Prepare);
        await adopted.PrepareAsync();
        held.Refuse(adopted.TakeRefused());
        await held.HoldAsync();

        Assert.Equal(0, held.Count);
        Assert.Equal(1, adopted.RefusedInAll);
        await ExchangeAsync(one);
        await EndAsync(one);
        await LinesAsync(_old!, "completed");
    }

    [Fact]
    public async Task HandOver_OperatorDrainsBetweenItsSteps_TheNewOneKnows()
    {
        await StartAsync();
        var (old, young) = (_old!.Service<ClusterMemory>(), _new!.Service<ClusterMemory>());
        young.Restore(old.Save());
        Assert.Null(old.SaveChanges());

        var cluster = Assert.Single(_old.Service<ClusterDirectory>().All);
        _old.Service<IFailoverControl>().SetMaintenance(cluster, Assert.Single(cluster.Plan.Destinations), new(Maintenance.Draining));
        young.Restore(old.SaveChanges()!);

        var known = Assert.Single(_new.Service<ClusterDirectory>().All);
        Assert.Equal(Maintenance.Draining, Assert.Single(known.Plan.Destinations).Maintenance);
        Assert.Empty(known.Candidates.Destinations);
    }

    public async ValueTask DisposeAsync()
    {
        _sender?.Dispose();
        _receiver?.Dispose();
        _clients.ForEach(client => client.Dispose());
        foreach (var proxy in new[] { _old, _new }.OfType<TestProxy>())
        {
            await proxy.DisposeAsync();
        }

        _destination.Dispose();
    }

    private async Task<HeldConnections> StartAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the hand-over is Linux' own");
        (string, string)[] destinations = [(_destination.Name, _destination.Address.ToString())];
        _old = await TestProxy.StartAsync(EngineKind.Reactor, new ProxySetup(), destinations);
        _new = await TestProxy.StartAsync(EngineKind.Reactor, new ProxySetup(), destinations);
        var (ours, theirs) = DescriptorPassing.Pair();
        (_sender, _receiver) = (new HandoverSocket(ours, Eventually.Bound), new HandoverSocket(theirs, Eventually.Bound));
        return new HeldConnections(_old.Engine);
    }

    /// <summary>What the new process does with what was sent so far.</summary>
    private async Task ReceiveAsync(AdoptedConnections adopted, HandoverKind upTo)
    {
        _sender!.Send(upTo);
        while (await Task.Run(_receiver!.Receive) is { } message && message.Kind != upTo)
        {
            if (message.Kind is HandoverKind.Relays)
            {
                adopted.Add(RelayCodec.Decode(message));
            }
            else
            {
                adopted.Change(ChangeCodec.Decode(message));
            }
        }
    }

    private async Task<(TestPeer Client, TestPeer Agent)> OpenAsync()
    {
        var client = await _old!.ConnectAsync();
        _clients.Add(client);
        var one = (client, await _destination.AcceptAsync());
        await ExchangeAsync(one);
        return one;
    }

    private static async Task ExchangeAsync((TestPeer Client, TestPeer Agent) one)
    {
        await one.Client.SendAsync("ping");
        await one.Agent.ExpectAsync("ping");
        await one.Agent.SendAsync("pong");
        await one.Client.ExpectAsync("pong");
    }

    private static async Task EndAsync((TestPeer Client, TestPeer Agent) one)
    {
        one.Client.FinishSending();
        await one.Agent.ExpectFinAsync();
        one.Agent.FinishSending();
        await one.Client.ExpectFinAsync();
    }

    private static async Task<IReadOnlyList<ConnectionLine>> LinesAsync(TestProxy proxy, params string[] outcomes)
    {
        var lines = await proxy.LinesAsync(outcomes.Length);
        Assert.Equal(outcomes, lines.Select(line => line.Outcome).Order());
        return lines;
    }
}
