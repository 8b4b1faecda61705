namespace HaProxyNet.Tests.Server.Documenting;

public sealed class CompleteCommandTests
{
    [Theory]
    [InlineData("haproxynet st", "status")]
    [InlineData("/usr/bin/haproxynet st", "status")]
    [InlineData("haproxynet status --w", "--watch")]
    [InlineData("haproxynet drain a/b --wa", "--wait")]
    public async Task OneCandidate(string line, string candidate)
    {
        var run = await CommandRun.OfAsync("complete", line);

        Assert.Equal(candidate, Assert.Single(run.Output));
    }

    [Fact]
    public async Task NothingYet_EveryCommandThatIsShown()
    {
        var run = await CommandRun.OfAsync("complete", "haproxynet ");

        Assert.Contains("run", run.Output);
        Assert.DoesNotContain("complete", run.Output);
        Assert.DoesNotContain("man", run.Output);
    }

    [Theory]
    [InlineData("haproxynet")]
    [InlineData("")]
    [InlineData("haproxynet run --config ")]
    [InlineData("haproxynet ready --config ")]
    [InlineData("haproxynet nonsense --x ")]
    public async Task Anything_NoFault(string line) => Assert.Equal(0, (await CommandRun.OfAsync("complete", line)).ExitCode);
}
