using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>
/// The proxy as operators run it: <c>run --config FILE</c> in a process of its own, watched through its admin endpoint and its log.
/// </summary>
internal sealed class ProxyProcess : ProcessUnderTest
{
    public const string Listener = "front";
    public const string Cluster = "pair";

    /// <summary>The log category of the one line a connection.</summary>
    public const string ConnectionLog = "Logging__LogLevel__HaProxyNet.Closing.ConnectionLog";

    private readonly ProxySetup _setup;
    private readonly HttpClient _admin;

    private ProxyProcess(ProxySetup setup, string command, IEnumerable<string> arguments)
        : base($"proxy ({setup.Engine})", command, arguments, setup.Environment)
    {
        _setup = setup;
        _admin = new HttpClient();

        // As Prometheus after a restart: each scrape has to be accepted.
        _admin.DefaultRequestHeaders.ConnectionClose = true;
    }

    public int Port => _setup.Port;

    /// <summary>The live page.</summary>
    public Uri PageUrl => _setup.AdminUrl;

    public Uri MetricsUrl => new(_setup.AdminUrl, "metrics");

    /// <summary>Starts it and waits until it says that it is ready. It connects to no destination for that.</summary>
    public static async Task<ProxyProcess> StartAsync(ProxySetup setup)
    {
        Requirement.Linux();
        string[] run = [.. BuildOutput.ProxyCommand, "run", "--config", setup.WriteFile()];
        string[] all = [.. setup.Prefix, .. run];
        var proxy = new ProxyProcess(setup, all[0], all[1..]);
        await proxy.HasWrittenAsync($"Listener {Listener} accepts on");
        return proxy;
    }

    /// <summary>
    /// Waits until a scrape is answered: the admin endpoint goes from one process to the other a moment after the connections.
    /// </summary>
    public Task HasAnsweredAsync() => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                await MetricsAsync();
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        () => $"a scrape is answered.\n{Tail()}");

    public async Task<MetricsReading> MetricsAsync()
    {
        if (_setup.Fetch is not [var command, .. var arguments])
        {
            return new(await _admin.GetStringAsync(MetricsUrl));
        }

        var answer = await CommandResult.OfAsync(command, [.. arguments, MetricsUrl.ToString()]);
        answer.ExpectSuccess("the scrape");
        return new(answer.Output);
    }

    /// <summary>The connections of one destination that ended, so far.</summary>
    public async Task<double> EndedAsync(string destination)
        => (await MetricsAsync()).Sum("connections_total", ("destination", destination));

    /// <summary>Waits until new connections go to this destination.</summary>
    public Task IsActiveAsync(string destination) => Eventually.HoldsAsync(
        async () => (await MetricsAsync()).Sum("active_destination", ("destination", destination)) == 1,
        () => $"{destination} is active.\n{Tail()}");

    /// <summary>Waits until no connection is open.</summary>
    public Task IsIdleAsync() => Eventually.HoldsAsync(
        async () => (await MetricsAsync()).Sum("connections_active") == 0, () => $"connections_active is back at 0.\n{Tail()}");

    /// <summary>What went wrong with a peer is one line; an exception's text or a stack frame in the log is a defect.</summary>
    public void ExpectCleanLog()
    {
        var bad = Lines.Where(line => line.Contains("Exception", StringComparison.Ordinal)
            || line.StartsWith("   at ", StringComparison.Ordinal)
            || line.Contains("fault of the proxy itself", StringComparison.Ordinal));
        Assert.True(!bad.Any(), $"The log has faults:\n{string.Join('\n', bad)}");
    }

    /// <summary>Writes other destinations into its file and sends SIGHUP.</summary>
    public void Reload(params (string Name, string Address)[] destinations)
    {
        _setup.WriteFile(destinations);
        Send(Signal.Hangup);
    }

    /// <summary>A command of the executable against this proxy.</summary>
    public Task<CommandResult> CommandAsync(params string[] command) => CommandAsync([], command);

    /// <summary>A command, run by another one such as <c>setpriv</c>.</summary>
    public Task<CommandResult> CommandAsync(string[] prefix, string[] command)
    {
        string[] all = [.. prefix, .. BuildOutput.ProxyCommand, .. command, "--config", _setup.File];
        return CommandResult.OfAsync(all[0], all[1..]);
    }

    /// <summary>SIGTERM, and the end that an operator expects.</summary>
    public async Task<int> TerminateAsync()
    {
        Send(Signal.Terminate);
        return await EndAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _admin.Dispose();
        if (!_setup.OutlivesProxy)
        {
            _setup.Dispose();
        }
    }

    private string Tail() => string.Join('\n', Lines.TakeLast(40));
}
