namespace HaProxyNet.Tests.Configuration.Clusters;

public sealed class FailbackValidatorTests
{
    [Theory]
    [InlineData("""{ "Mode": "Window" }""", "Failback.Window.From: is missing, and Mode is Window; a time of day such as 02:00")]
    [InlineData(
        """{ "Mode": "Window", "Window": { "From": "02:00" } }""",
        "Failback.Window.To: is missing, and Mode is Window; a time of day such as 02:00")]
    [InlineData(
        """{ "Mode": "Window", "Window": { "From": "2 am", "To": "04:00" } }""",
        "Failback.Window.From: '2 am' is not a time of day; a time of day such as 02:00")]
    [InlineData(
        """{ "Mode": "Window", "Window": { "From": "02:00", "To": "02:00" } }""",
        "Failback.Window: opens and closes at the same time; From and To that differ")]
    public void Read_ContradictoryFailback_IsAFault(string failback, string expected)
        => Assert.Contains($"HaProxyNet.Clusters.iqservice.{expected}", Faults(failback).Select(f => f.ToString()));

    [Fact]
    public void Read_UnknownMode_IsAFaultThatListsThem() => Assert.Contains(
        Faults("""{ "Mode": "Sometimes" }""").Select(f => f.ToString()),
        f => f.StartsWith("HaProxyNet.Clusters.iqservice.Failback.Mode: 'Sometimes' is not known", StringComparison.Ordinal)
            && f.EndsWith("Immediate, StableFor, WhenIdle, Window, Manual", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{ "StableFor": "00:01:00" }""", "Failback.StableFor: has no effect with Mode Immediate; Mode StableFor")]
    [InlineData("""{ "Mode": "Manual", "StableFor": "00:00:00" }""", "Failback.StableFor: has no effect with Mode Manual; Mode StableFor")]
    [InlineData("""{ "Window": { "From": "02:00", "To": "03:00" } }""", "Failback.Window: has no effect with Mode Immediate; Mode Window")]
    [InlineData("""{ "QuietFor": "00:00:09" }""", "Failback.QuietFor: has no effect with Sessions Leave; Sessions CloseWhenQuiet")]
    [InlineData(
        """{ "SessionsDeadline": "00:00:09" }""", "Failback.SessionsDeadline: has no effect with Sessions Leave; Sessions Deadline")]
    public void Read_SettingWithoutEffect_IsAWarning(string failback, string expected)
    {
        var reading = ConfigurationSample.Load(ConfigurationSample.With("Clusters.iqservice.Failback", failback)).Reading;

        Assert.Empty(reading.Faults);
        Assert.Equal([$"HaProxyNet.Clusters.iqservice.{expected}"], reading.Warnings.Select(w => w.ToString()));
    }

    [Theory]
    [InlineData("""{ "Mode": "Window", "Window": { "Days": [ "Saturday" ], "From": "22:00", "To": "02:00" } }""")]
    [InlineData("""{ "Mode": "StableFor", "StableFor": "00:05:00", "Sessions": "CloseWhenQuiet", "QuietFor": "00:00:02" }""")]
    public void Read_WholePolicy_NothingToSay(string failback)
    {
        var reading = ConfigurationSample.Load(ConfigurationSample.With("Clusters.iqservice.Failback", failback)).Reading;

        Assert.Empty(reading.Faults.Concat(reading.Warnings));
    }

    [Fact]
    public void Read_GroupOfOne_IsAWarning()
    {
        var reading = ConfigurationSample.Load(ConfigurationSample.With("Clusters.iqservice.FailoverGroup", "\"iqs\"")).Reading;

        Assert.Equal(
            ["HaProxyNet.Clusters.iqservice.FailoverGroup: 'iqs' has no other cluster; the name of a group of two or more"],
            reading.Warnings.Select(w => w.ToString()));
    }

    private static IReadOnlyList<HaProxyNet.Configuration.Reading.ConfigurationFault> Faults(string failback)
        => ConfigurationSample.FaultsOf(ConfigurationSample.With("Clusters.iqservice.Failback", failback));
}
