using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Server;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary><c>ready</c> says what <c>/readyz</c> says, by its exit code.</summary>
public sealed class Readiness : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");

    [Theory, ClassData<Engines>]
    public async Task Ready_OverTheControlSocket(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary);

        (await RunAsync("ready")).Expect("ready");
    }

    [Theory, ClassData<Engines>]
    public async Task NothingIsUp_ExitCode1AndWhy(EngineKind engine)
    {
        var cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Health:Probe"] = "Never" };
        await StartAsync(engine, Setup with { Cluster = cluster }, _primary);
        Proxy.Report(Proxy.Cluster.Find("primary")!, Vocabulary.Evidence.Failed(Vocabulary.HealthReason.Refused, TimeSpan.Zero));

        var result = await RunAsync("ready");

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Contains($"cluster {Proxy.Cluster.Name} has no destination that is up", result.Output, StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task NoControlSocket_AsksTheAdminEndpoint(EngineKind engine)
    {
        await StartAsync(engine, _primary);
        var file = Path.Combine(Folder, "places.json");
        await File.WriteAllTextAsync(
            file, $$"""{ "HaProxyNet": { "Admin": { "Endpoint": "127.0.0.1:{{Proxy.Admin.Port}}", "ControlSocket": "" } } }""");

        var result = await ReadyAsync(file);

        Assert.True(result.ExitCode == 0, result.Error);
        result.Expect("ready");
    }

    [Theory, ClassData<Engines>]
    public async Task NobodyAnswers_OneLine(EngineKind engine)
    {
        await StartAsync(engine, _primary);

        (await RunAsync("ready")).ExpectFault("there is none");
    }

    private static async Task<CommandResult> ReadyAsync(string file)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandTree.InvokeAsync(["ready", "--config", file], output, error);
        return new(code, output.ToString(), error.ToString());
    }
}
