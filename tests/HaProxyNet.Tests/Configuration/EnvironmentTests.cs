using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration;

/// <summary>Changes the process's environment, so nothing runs at the same time.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class EnvironmentTests
{
    [Fact]
    public void Load_VariableOverFile_VariableWins()
    {
        var reading = ConfigurationSample.Load(
            ConfigurationSample.Valid,
            ("HAPROXYNET__Clusters__iqservice__ConnectTimeout", "00:00:01"),
            ("HAPROXYNET__Clusters__iqservice__Destinations__1__Address", "10.0.0.9:1")).Reading;

        Assert.True(reading.IsValid);
        Assert.Equal(TimeSpan.FromSeconds(1), reading.Options.Clusters["iqservice"].ConnectTimeout);
        Assert.Equal(["iqs1.corp.example:5050", "10.0.0.9:1"], reading.Options.Clusters["iqservice"].Destinations.Select(d => d.Address));
    }

    [Fact]
    public void Load_VariableInCapitals_NamesStayAsTheFileSpellsThem()
    {
        var reading = ConfigurationSample.Load(
            ConfigurationSample.Valid,
            ("HAPROXYNET__LISTENERS__IQSERVICE__MAXCONNECTIONS", "7"),
            ("HAPROXYNET__CLUSTERS__IQSERVICE__HEALTH__DOWNINTERVAL", "00:00:05")).Reading;

        Assert.True(reading.IsValid);
        Assert.Equal(["iqservice", "iqservice-tls"], reading.Options.Listeners.Keys);
        Assert.Equal(["iqservice", "iqservice-tls"], reading.Options.Clusters.Keys);
        Assert.Equal(7, reading.Options.Listeners["iqservice"].MaxConnections);
    }

    [Fact]
    public void Load_OnlyVariables_AreEnough()
    {
        var reading = ConfigurationSample.Load(
            "{}",
            ("HAPROXYNET__Listeners__web__Endpoint", "127.0.0.1:0"),
            ("HAPROXYNET__Listeners__web__Cluster", "web"),
            ("HAPROXYNET__Clusters__web__Destinations__0__Name", "a"),
            ("HAPROXYNET__Clusters__web__Destinations__0__Address", "a:80")).Reading;

        Assert.Empty(reading.Faults);
    }

    [Fact]
    public void Load_VariableForIndexBehindTheEnd_FaultNamesTheNextIndex()
    {
        var reading =
            ConfigurationSample.Load(ConfigurationSample.Valid, ("HAPROXYNET__Clusters__iqservice__Destinations__5__Name", "x")).Reading;

        var fault = Assert.Single(reading.Faults);
        Assert.Equal("HaProxyNet.Clusters.iqservice.Destinations[5]: leaves a gap in the list; the next index is 2", fault.ToString());
    }

    [Theory]
    [InlineData(
        "HAPROXYNET__ShutdownTimeout",
        "soon",
        "HaProxyNet.ShutdownTimeout: 'soon' is not a time (from the environment variable HAPROXYNET__ShutdownTimeout); ")]
    [InlineData(
        "HAPROXYNET__ShutdownTimeout",
        "-00:00:01",
        "HaProxyNet.ShutdownTimeout: -00:00:01 is negative (from the environment variable HAPROXYNET__ShutdownTimeout); ")]
    [InlineData(
        "HAPROXYNET__Clusters__iqservice__Destinations__01__Address",
        "a:1",
        "HaProxyNet.Clusters.iqservice.Destinations.01: '01' is no index of a list (from the environment variable "
            + "HAPROXYNET__Clusters__iqservice__Destinations__01__Address); 0, 1, 2 and so on")]
    [InlineData(
        "HAPROXYNET__Clusters__iqservice__Destinations__primary__Address",
        "a:1",
        "HaProxyNet.Clusters.iqservice.Destinations.primary: 'primary' is no index of a list (from the environment variable "
            + "HAPROXYNET__Clusters__iqservice__Destinations__primary__Address); 0, 1, 2 and so on")]
    [InlineData("HAPROXYNET__Listners__web__Endpoint", "x", "HaProxyNet.Listners: unknown key 'Listners' (from the environment variable "
        + "HAPROXYNET__Listners__web__Endpoint); did you mean 'Listeners'?")]
    public void Load_BadVariable_FaultNamesTheVariable(string variable, string value, string line)
    {
        using var _ = new EnvironmentVariable(variable, value);
        using var file = new TemporaryFile(ConfigurationSample.Valid);

        var fault = Assert.Single(ConfigurationFile.Load(file.Path).Reading.Faults);
        Assert.StartsWith(line, fault.ToString());
    }

    [Fact]
    public void OneLineForm_Variable_AddsWhatHasNoOption()
    {
        using var _ = new EnvironmentVariable("HAPROXYNET__Clusters__iqservice__ConnectTimeout", "00:00:09");

        var reading = OneLineForm.Load("127.0.0.1:0", "a:1", "b:1").Reading;
        Assert.True(reading.IsValid);
        Assert.Equal(TimeSpan.FromSeconds(9), reading.Options.Clusters[OneLineForm.Name].ConnectTimeout);
    }
}
