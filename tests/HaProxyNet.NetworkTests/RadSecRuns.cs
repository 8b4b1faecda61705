using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The runs of samples/RadSec, each on a loopback of its own: all of them at once, because each waits most of its minute and a half.
/// Without root they share the machine's ports, and run one after another.
/// </summary>
public sealed class RadSecRuns : IAsyncLifetime
{
    /// <summary>What happens to the primary.</summary>
    public static readonly string[] Faults = ["kill", "stop", "hole"];

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(8);

    private readonly Dictionary<string, ProcessUnderTest> _runs = [];

    /// <summary>Waits for the end of a run.</summary>
    internal async Task<(int ExitCode, ProcessUnderTest Run)> EndAsync(string fault)
    {
        foreach (var wanted in Environment.IsPrivilegedProcess ? Faults : [fault])
        {
            if (!_runs.ContainsKey(wanted))
            {
                var script = BuildOutput.Sample("RadSec", "run.sh");
                string[] command = [.. OwnLoopback.Prefix, "env", $"PROXY_DLL={BuildOutput.Proxy}", "sh", script, wanted];
                _runs[wanted] = new ProcessUnderTest($"run.sh {wanted}", command[0], command[1..]);
            }
        }

        return (await _runs[fault].EndAsync(_limit), _runs[fault]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Values)
        {
            run.Send(Signal.Terminate);
            await run.DisposeAsync();
        }
    }
}
