using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>One of the two proxies: its host, keepalived, and the proxy, which comes and goes.</summary>
internal sealed class Node(VirtualHost host, string engine) : IAsyncDisposable
{
    public const string Sample = "HighAvailability";

    private readonly ScratchFolder _folder = new();
    private int? _successor;

    public VirtualHost Host => host;

    public SampleProxy? Proxy { get; private set; }

    public Keepalived? Keepalived { get; private set; }

    public async Task StartProxyAsync() => Proxy = await SampleProxy.StartAsync(host, _folder, Sample, engine, "iqservice");

    public void StartKeepalived(TimeSpan advert) => Keepalived = Keepalived.Start(host, advert);

    public Task<bool> HasAddressAsync() => Keepalived!.HasAsync(NodePair.Address);

    /// <summary>kill -9.</summary>
    public async Task KillProxyAsync()
    {
        await Proxy!.DisposeAsync();
        Proxy = null;
    }

    /// <summary>SIGTERM, and its end in order.</summary>
    public async Task TerminateProxyAsync()
    {
        Proxy!.Send(Signal.Terminate);
        Assert.Equal(0, await Proxy.EndAsync());
        await KillProxyAsync();
    }

    /// <summary>A new process takes over what this one has; the old one only waits.</summary>
    public async Task UpgradeProxyAsync()
    {
        var answer = await Proxy!.CommandAsync("upgrade");
        answer.ExpectSuccess("the upgrade");
        _successor = int.Parse(answer.Output.Split(' ')[1], CultureInfo.InvariantCulture);

        // Its output goes on, for the new process has it; so it is asked for by its id.
        await Eventually.HoldsAsync(() => ProcessFigures.HasLetGo(Proxy.Id), () => "the old process has let everything go");
    }

    /// <summary>The sample's script, as an operator runs it.</summary>
    public async Task MoveAwayAsync()
        => (await host.RunAsync("sh", BuildOutput.Sample(Sample, "move-away.sh"))).ExpectSuccess("move-away.sh");

    public Task BeCandidateAgainAsync() => host.RunAsync("sh", "-c", "echo 0 >/etc/keepalived/moved-away");

    public string Describe() => $"{host.Name}:\n{Keepalived?.Text}\n{Proxy?.Tail()}";

    public async ValueTask DisposeAsync()
    {
        if (Keepalived is not null)
        {
            await Keepalived.DisposeAsync();
        }

        if (_successor is { } successor)
        {
            Signal.Send(successor, Signal.Kill);
        }

        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        _folder.Dispose();
    }
}
