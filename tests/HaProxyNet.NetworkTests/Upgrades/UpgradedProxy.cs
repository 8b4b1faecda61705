using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A proxy that is upgraded again and again; the process that serves at the end ends with the test.</summary>
internal sealed class UpgradedProxy(ProxyProcess first) : IAsyncDisposable
{
    /// <summary>The process that serves now.</summary>
    public int Serving { get; private set; } = first.Id;

    public ProxyProcess First => first;

    /// <summary>Upgrades it by the command, and waits until the process before has gone.</summary>
    public async Task UpgradeAsync()
    {
        var before = Serving;
        var answer = await first.CommandAsync("upgrade");
        answer.ExpectSuccess("the upgrade");
        Assert.StartsWith("process ", answer.Output, StringComparison.Ordinal);
        Serving = int.Parse(answer.Output.Split(' ')[1], CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(before), () => $"process {before} has gone");
    }

    public async ValueTask DisposeAsync()
    {
        if (Serving != first.Id)
        {
            Signal.Send(Serving, Signal.Terminate);
            await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(Serving), () => $"process {Serving} has gone");
        }

        await first.DisposeAsync();
    }
}
