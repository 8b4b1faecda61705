using System.Text.RegularExpressions;

namespace HaProxyNet.Tests.Server.Demo;

public sealed partial class DemoCommandTests
{
    private static readonly string[] _anyPort = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];

    [Fact]
    public async Task WithDuration_EndsByItselfWithoutLoss()
    {
        var run = await CommandRun.OfAsync(["demo", "--duration", "00:00:05", .. _anyPort]);

        Assert.Equal(0, run.ExitCode);
        var last = LastLine().Match(run.Output[^1]);
        Assert.True(last.Success, run.Output[^1]);
        Assert.Equal(("300", "0", "0"), (last.Groups["rpcs"].Value, last.Groups["failed"].Value, last.Groups["duplicates"].Value));
        Assert.NotEqual("0", last.Groups["failovers"].Value);
        Assert.NotEqual("0", last.Groups["failbacks"].Value);
        Assert.Contains(run.Output, line => line.Contains("Failover in iqservice", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains("Not shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopped_EndsWithTheSameLine()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var run = await CommandRun.UntilAsync(stop.Token, ["demo", .. _anyPort]);

        Assert.Matches(LastLine(), run.Output[^1]);
    }

    [Fact]
    public async Task EndpointAskedForAndTaken_FaultNamesTheOption()
    {
        using var taken = new ClaimedPort();

        var run = await CommandRun.OfAsync("demo", "--duration", "00:00:05", "--listen", taken.EndPoint, "--admin", "nowhere");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("--admin: ", Assert.Single(run.Error));

        run = await CommandRun.OfAsync("demo", "--duration", "00:00:05", "--listen", taken.EndPoint, "--admin", "127.0.0.1:0");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"--listen: {taken.EndPoint} is taken", Assert.Single(run.Error));
    }

    [GeneratedRegex(
        @"^rpcs=(?<rpcs>\d+) failed=(?<failed>\d+) duplicates=(?<duplicates>\d+) failovers=(?<failovers>\d+) "
            + @"failbacks=(?<failbacks>\d+) worst_wait_ms=\d+\.\d$",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex LastLine();
}
