using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// samples/RadSec as its README says to run it: real FreeRADIUS servers behind one RadSec port, radsecproxy and radclient before it, and
/// the primary taken away. Each run takes a minute and a half, because radsecproxy waits before it dials twice within 30 s.
/// </summary>
public sealed partial class RadSecTests(RadSecRuns runs, ITestOutputHelper output) : IClassFixture<RadSecRuns>
{
    /// <summary>Five seconds are promised; the rest is for a machine that is busy.</summary>
    private static readonly TimeSpan _mostDetection = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Faults => [.. RadSecRuns.Faults];

    [Theory]
    [MemberData(nameof(Faults))]
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

        var (exitCode, run) = await runs.EndAsync(fault);

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

    /// <summary>
    /// Requests under way at once (radclient's -p in run.sh). None is lost as a rule; what a busy radsecproxy holds in the moment of the
    /// fault can be, because it ignores a switch's repeats of a request for which it waits itself. run.sh has the same bound.
    /// </summary>
    private const int InFlight = 20;

    private static DateTimeOffset Time(Match match) => DateTimeOffset.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("fault at (?<at>\\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FaultAt();

    [GeneratedRegex("(?<at>\\S+Z) warn: \\S+ Failover in radsec", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MovedAt();
}
