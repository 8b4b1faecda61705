using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.Tests.Hosting;

public sealed class HaProxyNetServiceCollectionTests
{
    [Fact]
    public void AddHaProxyNet_FaultyConfiguration_ThrowsWithEveryFault()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HaProxyNet:Listeners:front:Endpoint"] = "127.0.0.1:5050",
            ["HaProxyNet:Listeners:front:Cluster"] = "nobody",
            ["HaProxyNet:Clusters:agents:Destinations:0:Name"] = "a",
            ["HaProxyNet:Clusters:agents:Destinations:0:Address"] = "no port",
        }).Build();

        var fault = Assert.Throws<InvalidConfigurationException>(() => new ServiceCollection().AddHaProxyNet(configuration));

        Assert.Contains(fault.Faults, f => f.Path.EndsWith("front.Cluster", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, f => f.Path.EndsWith("Destinations[0].Address", StringComparison.Ordinal));
        Assert.Equal(fault.Faults.Count, fault.Message.Split(Environment.NewLine).Length);
    }
}
