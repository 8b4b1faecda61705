using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class OneLineFormTests
{
    [Fact]
    public void Load_Pair_OneListenerAndOneClusterOfTwo()
    {
        var reading = Load("0.0.0.0:5050", "iqs1:5050", "iqs2:5050", "127.0.0.1:9191").Reading;

        Assert.True(reading.IsValid);
        Assert.Empty(reading.Warnings);
        Assert.Equal("127.0.0.1:9191", reading.Options.Admin.Endpoint);
        var (name, listener) = Assert.Single(reading.Options.Listeners);
        Assert.Equal(("iqservice", "0.0.0.0:5050", "iqservice"), (name, listener.Endpoint, listener.Cluster));
        Assert.Equal(
            [("primary", "iqs1:5050"), ("secondary", "iqs2:5050")],
            Assert.Single(reading.Options.Clusters).Value.Destinations.Select(destination => (destination.Name, destination.Address)));
    }

    [Fact]
    public void Load_NoAdmin_TheDefault() =>
        Assert.Equal(new AdminOptions().Endpoint, Load("0.0.0.0:5050", "iqs1:5050", "iqs2:5050").Reading.Options!.Admin.Endpoint);

    [Theory]
    [InlineData("5050", "a:1", "b:1", null, "--listen: '5050' has no port; ")]
    [InlineData(null, "a:1", "b:1", null, "--listen: is missing; ")]
    [InlineData("*:5050", "a", "b:1", null, "--primary: 'a' has no port; ")]
    [InlineData("*:5050", "a:1", null, null, "--secondary: is missing; ")]
    [InlineData("*:5050", "a:1", "A:1", null, "--secondary: a:1 is already the address of --primary; ")]
    [InlineData("*:5050", "a:1", "b:1", "9090", "--admin: '9090' has no port; ")]
    [InlineData("0.0.0.0:5050", "a:1", "b:1", "127.0.0.1:5050", "--listen: 0.0.0.0:5050 is already claimed by --admin (127.0.0.1:5050); ")]
    [InlineData(
        "0.0.0.0:5050", "a:1", "127.0.0.1:5050", null, "--secondary: 127.0.0.1:5050 is where this proxy itself listens (--listen); ")]
    public void Load_BadOption_FaultNamesIt(string? listen, string? primary, string? secondary, string? admin, string line) =>
        Assert.StartsWith(line, Assert.Single(Load(listen, primary, secondary, admin).Reading.Faults).ToString());

    [Fact]
    public void Load_EveryOptionBad_EveryFault() =>
        Assert.Equal(
            ["--admin", "--listen", "--primary", "--secondary"],
            Load("x", "x", "x", "x").Reading.Faults.Select(fault => fault.Path).Order());

    [Fact]
    public void InOperatorsWords_FaultFoundLater_NamesTheOption()
    {
        var fault = new ConfigurationFault(EndpointAvailability.ListenerPath(OneLineForm.Name), "is taken", "free");
        Assert.Equal("--listen: is taken; free", Load("*:5050", "a:1", "b:1").InOperatorsWords(fault).ToString());
    }

    [Fact]
    public void InOperatorsWords_FromAFile_StaysAsItIs()
    {
        var fault = new ConfigurationFault(EndpointAvailability.ListenerPath(OneLineForm.Name), "is taken", "free");
        Assert.Equal(fault, ConfigurationSample.Load(ConfigurationSample.Valid).InOperatorsWords(fault));
    }

    private static LoadedConfiguration Load(string? listen, string? primary, string? secondary, string? admin = null) =>
        OneLineForm.Load(listen, primary, secondary, admin, ConfigurationSample.Environment());
}
