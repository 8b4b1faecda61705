using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Lab;

/// <summary>The proxy on a host of the lab, with a sample's configuration as it stands in the repository.</summary>
internal sealed class SampleProxy : ProcessUnderTest
{
    private readonly VirtualHost _host;
    private readonly string _curl = Requirement.Command("curl");
    private readonly string _controlSocket;

    private SampleProxy(VirtualHost host, string engine, string file, string folder)
        : base(
            $"proxy on {host.Name} ({engine})",
            host.Prefix[0],
            [.. host.Prefix[1..], "dotnet", BuildOutput.Proxy, "run", "--config", file],
            Settings(engine, folder))
        => (_host, _controlSocket) = (host, ControlSocket(folder));

    /// <summary>Starts it and waits until every listener that it waits for accepts.</summary>
    /// <param name="host">Where it runs.</param>
    /// <param name="folder">A folder of its own, with what the configuration names by relative paths.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="engine">The transport engine.</param>
    /// <param name="listener">A listener that must accept.</param>
    /// <param name="configuration">The name of the sample's file.</param>
    public static async Task<SampleProxy> StartAsync(
        VirtualHost host, ScratchFolder folder, string sample, string engine, string listener, string configuration = "haproxynet.json")
    {
        Requirement.Linux();
        var file = folder.File("haproxynet.json");
        File.Copy(BuildOutput.Sample(sample, configuration), file, overwrite: true);
        var proxy = new SampleProxy(host, engine, file, folder.Path);
        await proxy.HasWrittenAsync($"Listener {listener} accepts on");
        return proxy;
    }

    public async Task<MetricsReading> MetricsAsync()
    {
        var answer = await _host.RunAsync(_curl, "-sf", "--max-time", "30", "http://127.0.0.1:9090/metrics");
        answer.ExpectSuccess("the scrape");
        return new(answer.Output);
    }

    /// <summary>Waits until new connections of a cluster go to this destination.</summary>
    public Task IsActiveAsync(string cluster, string destination) => Eventually.HoldsAsync(
        async () => (await MetricsAsync()).Sum("active_destination", ("cluster", cluster), ("destination", destination)) == 1,
        () => $"{cluster}/{destination} is active.\n{Tail()}",
        TimeSpan.FromMilliseconds(50));

    /// <summary>A command of the executable against this proxy.</summary>
    public Task<CommandResult> CommandAsync(params string[] command)
        => _host.RunAsync(["dotnet", BuildOutput.Proxy, .. command, "--socket", _controlSocket]);

    /// <summary>What went wrong with a peer is one line; an exception's text or a stack frame in the log is a defect.</summary>
    public void ExpectCleanLog() => Assert.DoesNotContain(
        Lines, line => line.Contains("Exception", StringComparison.Ordinal) || line.StartsWith("   at ", StringComparison.Ordinal)
            || line.Contains("fault of the proxy itself", StringComparison.Ordinal));

    public string Tail() => string.Join('\n', Lines.TakeLast(40));

    private static string ControlSocket(string folder) => Path.Combine(folder, "control.sock");

    /// <summary>What two proxies on one machine must not share, and what only a test wants to see.</summary>
    private static Dictionary<string, string> Settings(string engine, string folder) => new()
    {
        ["HAPROXYNET__Engine"] = engine,
        ["HAPROXYNET__Admin__ControlSocket"] = ControlSocket(folder),
        ["HAPROXYNET__Admin__StateFile"] = Path.Combine(folder, "state.json"),
        ["Logging__LogLevel__Default"] = "Information",
        ["Logging__LogLevel__Microsoft"] = "Warning",
        ["Logging__LogLevel__Yarp"] = "Warning",
    };
}
