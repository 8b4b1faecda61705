namespace HaProxyNet.Tests.Server;

public sealed class CommandLineTests
{
    [Fact]
    public async Task NoArguments_HelpOnOutput()
    {
        var run = await CommandRun.OfAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(
            [
                "demo",
                "run",
                "check",
                "schema",
                "status",
                "sessions",
                "explain",
                "incident",
                "drain",
                "disable",
                "enable",
                "switch",
                "failback",
                "close",
            ],
            command => Assert.Contains(run.Output, line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Version_OneLine()
    {
        var run = await CommandRun.OfAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+", Assert.Single(run.Output));
    }

    [Theory]
    [InlineData("haproxynet: ", "'walk'", "walk")]
    [InlineData("haproxynet run: ", "'--bogus'", "run", "--bogus")]
    [InlineData("haproxynet run: ", "'--listen'", "run", "--listen")]
    [InlineData("haproxynet run: ", "'--config'", "run", "--config")]
    [InlineData("haproxynet ready: ", "'--config'", "ready", "--config")]
    [InlineData("haproxynet init: ", "'--config'", "init", "--config")]
    [InlineData("haproxynet check: ", "'--config'", "check", "--config")]
    [InlineData("haproxynet status: ", "'--config'", "status", "--config")]
    [InlineData("haproxynet run: --config and --listen ", "", "run", "--config", "x", "--listen", "*:1")]
    [InlineData("haproxynet run: --config and --admin ", "", "run", "--config", "x", "--admin", "*:1")]
    [InlineData("haproxynet run: --config is empty", "", "run", "--config", "")]
    [InlineData("haproxynet check: --config is empty", "", "check", "--config", "")]
    [InlineData("haproxynet demo: --duration '20' is not a time", "hours:minutes:seconds", "demo", "--duration", "20")]
    [InlineData("haproxynet demo: --duration 'soon' is not a time", "hours:minutes:seconds", "demo", "--duration", "soon")]
    [InlineData("haproxynet demo: --duration 00:00:00 ", "", "demo", "--duration", "00:00:00")]
    [InlineData("haproxynet demo: --duration -00:00:01 ", "", "demo", "--duration", "-00:00:01")]
    [InlineData("haproxynet drain: 'iqservice' is not CLUSTER/DEST", "iqservice/primary", "drain", "iqservice")]
    [InlineData("haproxynet drain: 'a/b/c' is not CLUSTER/DEST", "", "drain", "a/b/c")]
    [InlineData("haproxynet drain: 'a/' is not CLUSTER/DEST", "", "drain", "a/")]
    [InlineData("haproxynet disable: --wait 'soon' is not a time", "90s, 10m, 1h", "disable", "a/b", "--wait", "soon")]
    [InlineData("haproxynet enable: ", "'--wait'", "enable", "a/b", "--wait")]
    [InlineData("haproxynet switch: ", "DEST", "switch", "a")]
    public async Task BadCommandLine_OneLineOnErrorAndExitCode1(string start, string part, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        var line = Assert.Single(run.Error);
        Assert.StartsWith(start, line);
        Assert.Contains(part, line, StringComparison.Ordinal);
        Assert.Contains("; ", line, StringComparison.Ordinal);
    }
}
