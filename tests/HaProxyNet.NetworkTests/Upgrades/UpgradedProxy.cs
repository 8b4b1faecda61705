using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A proxy that is upgraded again and again; the processes that still run at the end end with the test.</summary>
internal sealed class UpgradedProxy(ProxyProcess first) : IAsyncDisposable
{
    private readonly List<int> _next = [];

    /// <summary>The process that serves now.</summary>
    public int Serving => _next.Count > 0 ? _next[^1] : first.Id;

    public ProxyProcess First => first;

    public static async Task<UpgradedProxy> StartAsync(ProxySetup setup) => new(await ProxyProcess.StartAsync(setup));

    /// <summary>Upgrades it by the command, and waits until the process before has gone.</summary>
    public async Task UpgradeAsync()
    {
        var before = Serving;
        await UpgradeAndLeaveAsync();
        await HasGoneAsync(before);
    }

    /// <summary>Upgrades it by the command; the process before may have connections still. Gives the answer.</summary>
    public async Task<string> UpgradeAndLeaveAsync()
    {
        var answer = await TryUpgradeAsync();
        answer.ExpectSuccess("the upgrade");
        return answer.Output;
    }

    /// <summary>Upgrades it by the command, which may be refused.</summary>
    public async Task<CommandResult> TryUpgradeAsync()
    {
        var answer = await first.CommandAsync("upgrade");
        if (answer.ExitCode == 0)
        {
            Assert.StartsWith("process ", answer.Output, StringComparison.Ordinal);
            _next.Add(int.Parse(answer.Output.Split(' ')[1], CultureInfo.InvariantCulture));
        }

        return answer;
    }

    /// <summary>Waits until a process has ended; the first one stays, and has nothing any more.</summary>
    public Task HasGoneAsync(int process)
        => Eventually.HoldsAsync(() => ProcessFigures.HasLetGo(process), () => $"process {process} has gone. The log:\n{first.Text}");

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _next.Where(ProcessFigures.IsRunning).Reverse())
        {
            Signal.Send(process, Signal.Terminate);
            await HasGoneAsync(process);
        }

        await first.DisposeAsync();
    }
}
