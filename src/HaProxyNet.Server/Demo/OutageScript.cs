using HaProxyNet.Simulator.Agents;

namespace HaProxyNet.Server.Demo;

/// <summary>
/// Takes the primary away and brings it back. It stops accepting as a service does that is being restarted: new connects are refused, and
/// the RPCs that it has begun it finishes. (A machine that loses power also loses those; no proxy can bring them back.)
/// </summary>
internal sealed class OutageScript(SimulatedAgent primary, DemoEvents events, TimeProvider time)
{
    /// <summary>How long the primary refuses.</summary>
    public static readonly TimeSpan Down = TimeSpan.FromSeconds(1.2);

    /// <summary>How long it accepts again. Down and up together make six rounds of the contract's 20 s.</summary>
    public static readonly TimeSpan Up = TimeSpan.FromSeconds(1.6);

    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    /// <summary>Runs until shortly before the end, so that the last failback is still seen.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        await WaitAsync(_first, stop);
        while (!stop.IsCancellationRequested && time.GetElapsedTime(began) + Down + Up <= length)
        {
            events.Add("the primary closes its port");
            await primary.StopListeningAsync();
            await WaitAsync(Down, stop);
            events.Add("the primary listens again");
            await primary.ReviveAsync();
            await WaitAsync(Up, stop);
        }
    }

    private async Task WaitAsync(TimeSpan span, CancellationToken stop)
        => await Task.Delay(span, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
