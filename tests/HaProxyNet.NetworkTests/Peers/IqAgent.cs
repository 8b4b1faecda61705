using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>An agent of samples/IqServicePair; each start is a process of its own, the port and the ledger stay.</summary>
internal sealed class IqAgent(string name, ScratchFolder folder, params string[] prefix) : IAsyncDisposable
{
    private readonly List<Pairs> _finished = [];
    private ProcessUnderTest? _process;

    public string Name => name;

    public int Port { get; init; } = FreePorts.Next();

    /// <summary>What its replies say; an upgrade changes it.</summary>
    public string Version { get; set; } = "1.0";

    public string Host { get; init; } = "127.0.0.1";

    public string Address => $"{Host}:{Port}";

    public string Ledger => folder.File(name + ".ledger");

    /// <summary>A counter over all of its lives that have ended.</summary>
    public long Total(string counter) => _finished.Sum(life => life.Count(counter));

    public async Task StartAsync()
    {
        string[] agent = [
            "dotnet",
            BuildOutput.IqServicePair,
            "agent",
            "--name",
            name,
            "--listen",
            Address,
            "--ledger",
            Ledger,
            "--agent-version",
            Version,
        ];
        string[] all = [.. prefix, .. agent];
        _process = new ProcessUnderTest($"agent {name}", all[0], all[1..]);
        await _process.HasWrittenAsync($"agent={name} listening=");
    }

    /// <summary>SIGTERM: it refuses at once, ends what it has, and says what it counted in this life.</summary>
    public async Task<Pairs> StopAsync()
    {
        _process!.Send(Signal.Terminate);
        Assert.Equal(0, await _process.EndAsync());
        _finished.Add(Pairs.In(_process.Lines, "accepted")[^1]);
        await DisposeAsync();
        return _finished[^1];
    }

    /// <summary>As kill -9: what it had under way is lost, and its ledger says what it had begun.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await DisposeAsync();
    }

    /// <summary>It no longer does anything, and its kernel accepts in its place.</summary>
    public void Freeze() => _process!.Send(Signal.Stop);

    /// <summary>It goes on where it was stopped.</summary>
    public void Thaw() => _process!.Send(Signal.Continue);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }
}
