using HaProxyNet.Simulator.Agents;

namespace HaProxyNet.Server.Demo;

/// <summary>
/// Takes the primary away and brings it back. It stops accepting as a service does that is being restarted: new connects are refused, and
/// the RPCs that it has begun it finishes. (A machine that loses power also loses those; no proxy can bring them back.)
/// </summary>
internal sealed class OutageScript(SimulatedAgent primary, DemoEvents events, TimeProvider time)
{
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _down = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan _up = TimeSpan.FromSeconds(1.6);

    /// <summary>Runs until shortly before the end, so that the last failback is still seen.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        await WaitAsync(_first, stop);
        while (!stop.IsCancellationRequested && time.GetElapsedTime(began) + _down + _up <= length)
        {
            events.Add("script: the primary stops accepting connections");
            await primary.StopListeningAsync();
            await WaitAsync(_down, stop);
            events.Add("script: the primary starts again");
            await primary.ReviveAsync();
            await WaitAsync(_up, stop);
        }
    }

    private async Task WaitAsync(TimeSpan span, CancellationToken stop)
        => await Task.Delay(span, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
