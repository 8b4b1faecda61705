using HaProxyNet.Tests.Configuration;

namespace HaProxyNet.Tests.Server.Checking;

public sealed class CheckCommandTests
{
    private const string AnyPort = "127.0.0.1:0";

    [Fact]
    public async Task Valid_SaysWhatWasChecked()
    {
        using var file = PairFile.Write(AnyPort, AnyPort);

        var run = await CommandRun.OfAsync("check", "--config", file.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("ok: 1 listener, 1 cluster, 2 destinations", Assert.Single(run.Output));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task SeveralFaults_OneLineEach()
    {
        using var file = PairFile.Write("nowhere", AnyPort, primary: "iqs1");

        var run = await CommandRun.OfAsync("check", "--config", file.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["HaProxyNet.Clusters.pair.Destinations[0].Address", "HaProxyNet.Listeners.front.Endpoint"],
            run.Output.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.All(run.Output, line => Assert.Contains("; ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warning_IsNoFault()
    {
        var spare = """{ "Destinations": [ { "Name": "a", "Address": "127.0.0.1:3" } ] }""";
        using var file = new TemporaryFile(PairFile.Json(AnyPort, AnyPort)
            .Replace("\"Clusters\": {", $"\"Clusters\": {{ \"spare\": {spare},", StringComparison.Ordinal));

        var run = await CommandRun.OfAsync("check", "--config", file.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("warning: HaProxyNet.Clusters.spare: ", run.Output[0]);
        Assert.StartsWith("ok: ", run.Output[^1]);
    }

    [Fact]
    public async Task NoFile_NamesIt()
    {
        var run = await CommandRun.OfAsync("check", "--config", "/nowhere/haproxynet.json");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("/nowhere/haproxynet.json: there is no file ", Assert.Single(run.Output));
    }

    [Fact]
    public async Task EndpointTaken_FaultUnlessNotToBind()
    {
        using var taken = new ClaimedPort();
        using var file = PairFile.Write(taken.EndPoint, AnyPort);

        var run = await CommandRun.OfAsync("check", "--config", file.Path);
        var withoutBind = await CommandRun.OfAsync("check", "--no-bind", "--config", file.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"HaProxyNet.Listeners.front.Endpoint: {taken.EndPoint} is taken", Assert.Single(run.Output));
        Assert.Equal(0, withoutBind.ExitCode);
    }

    [Fact]
    public async Task Schema_IsJson()
    {
        var run = await CommandRun.OfAsync("schema");

        Assert.Equal(0, run.ExitCode);
        using var schema = System.Text.Json.JsonDocument.Parse(string.Join('\n', run.Output));
        Assert.True(schema.RootElement.TryGetProperty("properties", out _));
    }
}
