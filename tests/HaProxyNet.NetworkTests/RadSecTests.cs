using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// samples/RadSec as its README says to run it: real FreeRADIUS servers behind one RadSec port, radsecproxy and radclient before it, and
/// the primary taken away. Each run takes a minute and a half, because radsecproxy waits before it dials twice within 30 s.
/// </summary>
public sealed partial class RadSecTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    /// <summary>Five seconds are promised; the rest is for a machine that is busy.</summary>
    private static readonly TimeSpan _mostDetection = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    [InlineData("hole")]
    public async Task Run_PrimaryTakenAwayAndBack_EveryRequestIsAnsweredAndNoServerComplains(string fault)
    {
        Requirement.Linux();
        Requirement.Command("openssl");
        Requirement.Command("freeradius");
        Requirement.Command("radclient", "freeradius-utils");
        Requirement.Command("radsecproxy");
        if (fault == "hole")
        {
            Requirement.Command("nft", "nftables");
            Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it drops packets");
        }

        await using var run =
            new ProcessUnderTest("run.sh", "env", [$"PROXY_DLL={BuildOutput.Proxy}", "sh", BuildOutput.Sample("RadSec", "run.sh"), fault]);
        var exitCode = await run.EndAsync(_limit);

        output.WriteLine(run.Text);
        Assert.True(exitCode == 0, run.Text);
        var result = Assert.Single(Pairs.In(run.Lines, "requests"));
        Assert.Equal(0, result.Count("errors"));
        Assert.InRange(result.Count("lost"), 0, InFlight);
        Assert.NotEqual(0, result.Count("primary"));
        Assert.InRange(
            MovedAt().Match(run.Text) is { Success: true } moved ? Time(moved) - Time(FaultAt().Match(run.Text)) : TimeSpan.MaxValue,
            TimeSpan.Zero,
            _mostDetection);
        Assert.Contains("Failback in radsec", run.Text, StringComparison.Ordinal);
    }

    private static DateTimeOffset Time(Match match) => DateTimeOffset.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture);

    /// <summary>
    /// Requests under way at once (radclient's -p in run.sh): what hits the fault in the switch's own hands may be lost, and nothing else.
    /// </summary>
    private const int InFlight = 20;

    [GeneratedRegex("fault at (?<at>\\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FaultAt();

    [GeneratedRegex("(?<at>\\S+Z) warn: \\S+ Failover in radsec", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MovedAt();
}
