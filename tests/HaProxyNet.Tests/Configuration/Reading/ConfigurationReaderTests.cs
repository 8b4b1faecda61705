using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_ValidFile_OptionsAndNoFault()
    {
        var reading = ConfigurationSample.Load(ConfigurationSample.Valid).Reading;

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        Assert.True(reading.IsValid);
        var listener = reading.Options.Listeners["IQSERVICE"];
        Assert.Equal(("0.0.0.0:5050", "iqservice", 20_000), (listener.Endpoint, listener.Cluster, listener.MaxConnections));
        Assert.Equal(["10.0.0.0/8"], listener.AllowedClients);
        var cluster = reading.Options.Clusters["iqservice"];
        Assert.Equal(["primary", "secondary"], cluster.Destinations.Select(destination => destination.Name));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.Zero), (cluster.ConnectTimeout, cluster.IdleTimeout));
    }

    [Theory]
    [InlineData("Admin", "{}")]
    [InlineData("Admin", "null")]
    [InlineData("Admin.Endpoint", "\"\"")]
    [InlineData("Admin.Endpoint", "\"127.0.0.1:0\"")]
    [InlineData("ShutdownTimeout", "\"00:00:00\"")]
    [InlineData("Listeners.iqservice.AllowedClients", "[]")]
    [InlineData("Listeners.iqservice.AllowedClients", "null")]
    [InlineData("Listeners.iqservice.MaxConnections", "\"5\"")]
    [InlineData("Listeners.iqservice.Endpoint", "\"*:5050\"")]
    [InlineData("Listeners.iqservice.Cluster", "\"IQSERVICE\"")]
    [InlineData("Clusters.iqservice.ConnectTimeout", "\"0:00:00.400\"")]
    [InlineData("Clusters.iqservice.Destinations.1.Address", "\"iqs1.corp.example:5051\"")]
    [InlineData("Clusters.iqservice.Destinations.1.Address", "\"127.0.0.1:6060\"")]
    public void Read_AllowedValue_NoFault(string path, string json) =>
        Assert.Empty(ConfigurationSample.FaultsOf(ConfigurationSample.With(path, json)));

    [Theory]
    [InlineData("Listeners.iqservice.Endpoint")]
    [InlineData("Listeners.iqservice.Cluster")]
    [InlineData("Clusters.iqservice.Destinations")]
    [InlineData("Listeners")]
    public void Read_RequiredKeyLeftOut_FaultAtItsPath(string path) =>
        Assert.Equal($"HaProxyNet.{path}", Assert.Single(ConfigurationSample.FaultsOf(ConfigurationSample.Without(path))).Path);

    [Fact]
    public void Read_PortZeroTwice_NoFault()
    {
        var json = ConfigurationSample.Valid.Replace("0.0.0.0:5050", "127.0.0.1:0").Replace("0.0.0.0:6060", "127.0.0.1:0");
        Assert.Empty(ConfigurationSample.FaultsOf(json));
    }

    [Fact]
    public void Read_ClusterThatNoListenerUses_WarningAndOptions()
    {
        var json = ConfigurationSample.With("Clusters.spare", """{ "Destinations": [ { "Name": "a", "Address": "a:1" } ] }""");
        var reading = ConfigurationSample.Load(json).Reading;

        Assert.True(reading.IsValid);
        Assert.Equal("HaProxyNet.Clusters.spare", Assert.Single(reading.Warnings).Path);
    }

    [Fact]
    public void Read_ListenersMisspelled_NoWarningThatClustersAreUnused() =>
        Assert.Empty(ConfigurationSample.Load(ConfigurationSample.Valid.Replace("\"Listeners\"", "\"Listners\"")).Reading.Warnings);

    [Fact]
    public void Read_ManyFaults_AllAtOnceInTheOrderOfTheirKeys()
    {
        var faults = ConfigurationSample.FaultsOf("""
            {
              "Loging": {},
              "HaProxyNet": {
                "Admin": { "Endpoint": "localhost", "Port": 9090 },
                "ShutdownTimeout": "30",
                "Listeners": {
                  "a": { "Endpoint": "0.0.0.0:5050", "Cluster": "one", "AllowedClients": [ "10.0.0.0/8", "lan", {} ],
                  "MaxConnections": -1 },
                  "b": { "Endpoint": "127.0.0.1:5050", "Cluster": "too" },
                  "c": { "Endpoint": "0.0.0.0:5051", "Cluster": "two" },
                  "c": { }
                },
                "Clusters": {
                  "one": { "Destinations": [ "x:1", { "Name": "p", "Address": "iqs1" }, { "Name": "P", "Address": "iqs1:0" } ],
                  "ConnectTimout": "00:00:01" },
                  "two": { "Destinations": [], "IdleTimeout": "-00:00:01", "Health": 5 }
                }
              }
            }
            """);

        Assert.Equal(
            [
                "HaProxyNet.Admin.Endpoint",
                "HaProxyNet.Admin.Port",
                "HaProxyNet.Clusters.one.ConnectTimout",
                "HaProxyNet.Clusters.one.Destinations[0]",
                "HaProxyNet.Clusters.one.Destinations[1].Address",
                "HaProxyNet.Clusters.one.Destinations[2].Address",
                "HaProxyNet.Clusters.one.Destinations[2].Name",
                "HaProxyNet.Clusters.two.Destinations",
                "HaProxyNet.Clusters.two.Health",
                "HaProxyNet.Clusters.two.IdleTimeout",
                "HaProxyNet.Listeners.a.AllowedClients[1]",
                "HaProxyNet.Listeners.a.AllowedClients[2]",
                "HaProxyNet.Listeners.a.MaxConnections",
                "HaProxyNet.Listeners.b.Cluster",
                "HaProxyNet.Listeners.b.Endpoint",
                "HaProxyNet.Listeners.c",
                "HaProxyNet.ShutdownTimeout",
                "Loging",
            ],
            faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Read_AnEmbeddersConfiguration_OnlyItsSectionIsJudged()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AllowedHosts"] = "*",
            ["haproxynet:listeners:web:endpoint"] = "127.0.0.1:0",
            ["haproxynet:listeners:web:cluster"] = "web",
            ["haproxynet:clusters:web:destinations:0:name"] = "a",
            ["haproxynet:clusters:web:destinations:0:address"] = "a:80",
        }).Build();

        Assert.Empty(ConfigurationReader.Read(configuration).Faults);
    }

    [Fact]
    public void Validate_OptionsMadeInCode_SameFaults()
    {
        var options = new ProxyOptions { ShutdownTimeout = TimeSpan.FromSeconds(-1) };
        options.Listeners["web"] = new ListenerOptions { Endpoint = "127.0.0.1:0", Cluster = "web", MaxConnections = 0 };

        Assert.Equal(
            ["HaProxyNet.Listeners.web.Cluster", "HaProxyNet.Listeners.web.MaxConnections", "HaProxyNet.ShutdownTimeout"],
            ConfigurationReader.Validate(options).Faults.Select(fault => fault.Path));
    }
}
