namespace HaProxyNet.Tests.Configuration;

/// <summary>
/// Policies that contradict one another, or say what has no effect: told by <c>check</c>, with the path. Those of failback have tests of
/// their own.
/// </summary>
public sealed class ContradictoryPolicyTests
{
    [Theory]
    [InlineData("HedgeAfter", "\"00:00:05\"", "HedgeAfter: is 00:00:05, and the attempt ends after ConnectTimeout 00:00:03 already; a time "
        + "below ConnectTimeout, or 00:00:00 for no hedging")]
    [InlineData("HedgeAfter", "\"00:00:03\"", "HedgeAfter: is 00:00:03, and the attempt ends after ConnectTimeout 00:00:03 already; a time "
        + "below ConnectTimeout, or 00:00:00 for no hedging")]
    [InlineData(
        "HedgeAfter",
        "\"soon\"",
        "HedgeAfter: 'soon' is neither Auto nor a time; Auto, a time such as 00:00:00.400, or 00:00:00 for no hedging")]
    [InlineData(
        "HedgeAfter", "\"-00:00:01\"", "HedgeAfter: -00:00:01 is negative; Auto, a time such as 00:00:00.400, or 00:00:00 for no hedging")]
    [InlineData("UserTimeout", "\"00:00:00.5\"", "UserTimeout: 00:00:00.5000000 is less than a second; a time of a second or more, such as "
        + "00:01:30, or 00:00:00 for the system's own limit")]
    [InlineData(
        "UserTimeout",
        "\"-00:00:05\"",
        "UserTimeout: -00:00:05 is negative; a time of a second or more, such as 00:01:30, or 00:00:00 for the system's own limit")]
    [InlineData(
        "Health",
        """{ "HoldDown": "00:02:00" }""",
        "Health.HoldDown: is 00:02:00, and HoldDownMax is 00:01:00; a time of at most HoldDownMax, or 00:00:00 for no hold-down")]
    public void Read_Contradiction_IsAFault(string key, string value, string expected)
        => Assert.Equal(
            [$"HaProxyNet.Clusters.iqservice.{expected}"],
            ConfigurationSample.FaultsOf(ConfigurationSample.With($"Clusters.iqservice.{key}", value)).Select(f => f.ToString()));

    [Theory]
    [InlineData(
        "Clusters.iqservice.Stickiness",
        """{ "Expiry": "00:10:00" }""",
        "Clusters.iqservice.Stickiness.Expiry: has no effect with Policy PrimaryPreferred; Policy SourceAddress")]
    [InlineData(
        "Clusters.iqservice.Failback",
        """{ "Mode": "StableFor", "StableFor": "00:00:00" }""",
        "Clusters.iqservice.Failback.StableFor: is zero, which is Mode Immediate; a time of more than zero, or Mode Immediate")]
    [InlineData(
        "Listeners.iqservice.FirstByteTimeout",
        "\"00:00:09\"",
        "Listeners.iqservice.FirstByteTimeout: has no effect with ConnectOn Accept; ConnectOn FirstByte")]
    [InlineData(
        "Listeners.iqservice.UserTimeout",
        "\"00:00:01\"",
        "Listeners.iqservice.UserTimeout: is 00:00:01, and keepalive takes 2 s at least: "
            + "a peer that is gone while nothing is on its way is found then; 00:00:02 or more")]
    [InlineData(
        "Clusters.iqservice.UserTimeout",
        "\"00:00:01\"",
        "Clusters.iqservice.UserTimeout: is 00:00:01, and keepalive takes 2 s at least: "
            + "a peer that is gone while nothing is on its way is found then; 00:00:02 or more")]
    public void Read_WithoutEffectOrDoubtful_IsAWarning(string path, string value, string expected) => Assert.Equal(
        [$"HaProxyNet.{expected}"], Warnings(ConfigurationSample.With(path, value)));

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:02")]
    [InlineData("1.00:00:00")]
    public void Read_UserTimeoutThatHolds_NothingToSay(string value)
    {
        var reading = ConfigurationSample.Load(ConfigurationSample.With("Clusters.iqservice.UserTimeout", $"\"{value}\"")).Reading;

        Assert.Empty(reading.Faults.Concat(reading.Warnings));
    }

    [Fact]
    public void Read_SpreadOverDestinationsOfWhichNoTwoAreEqual_IsAWarning()
    {
        const string Destinations = """
            {
              "Policy": "RoundRobin",
              "Destinations": [ { "Name": "a", "Address": "10.0.0.1:5050", "Priority": 0 },
              { "Name": "b", "Address": "10.0.0.2:5050", "Priority": 1 } ]
            }
            """;

        Assert.Equal(
            ["HaProxyNet.Clusters.iqservice.Policy: is RoundRobin, and no two destinations have the same Priority: each connection goes to "
                + "the first that is up; the same Priority, or none, for those that are to share connections"],
            Warnings(ConfigurationSample.With("Clusters.iqservice", Destinations)));
        Assert.Empty(
            Warnings(ConfigurationSample.With("Clusters.iqservice", Destinations.Replace(": 1", ": 0", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("""{ "Mode": "Manual" }""", """{ "Mode": "Immediate" }""", "Mode: is Immediate, and Manual in")]
    [InlineData(
        """{ "Mode": "StableFor" }""", """{ "Mode": "StableFor", "StableFor": "00:05:00" }""", "StableFor: is 00:05:00, and 00:02:00 in")]
    [InlineData(
        """{ "Mode": "Window", "Window": { "From": "02:00", "To": "04:00" } }""",
        """{ "Mode": "Window", "Window": { "From": "03:00", "To": "04:00" } }""",
        "Window: is every day 03:00-04:00, and every day 02:00-04:00 in")]
    public void Read_GroupThatGoesBackByTwoRules_IsAFault(string first, string second, string expected)
    {
        var file = $$"""
            { "HaProxyNet": {
              "Listeners": { "a": { "Endpoint": "127.0.0.1:5050", "Cluster": "a" }, "b": { "Endpoint": "127.0.0.1:6060", "Cluster": "b" } },
              "Clusters": {
                "a": { "FailoverGroup": "host", "Failback": {{first}},
                "Destinations": [ { "Name": "primary", "Address": "10.0.0.1:5050" } ] },
                "b": { "FailoverGroup": "host", "Failback": {{second}},
                "Destinations": [ { "Name": "primary", "Address": "10.0.0.1:6060" } ] } } } }
            """;

        Assert.Equal(
            [$"HaProxyNet.Clusters.b.Failback.{expected} a of the same FailoverGroup; the same in all clusters of a group"],
            ConfigurationSample.FaultsOf(file).Select(f => f.ToString()));
    }

    private static IEnumerable<string> Warnings(string json)
    {
        var reading = ConfigurationSample.Load(json).Reading;
        Assert.Empty(reading.Faults);
        return reading.Warnings.Select(w => w.ToString());
    }
}
