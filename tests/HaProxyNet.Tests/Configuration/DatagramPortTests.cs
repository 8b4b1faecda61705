using System.Text.Json.Nodes;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration;

public sealed class DatagramPortTests
{
    private const string Endpoint = "HaProxyNet.Listeners.iqservice.Endpoint";

    [Theory]
    [InlineData(1812)]
    [InlineData(1813)]
    [InlineData(1645)]
    [InlineData(1646)]
    public void RadiusPort_Warning(int port)
    {
        var reading = Read($"0.0.0.0:{port}");

        Assert.Empty(reading.Faults);
        Assert.StartsWith(
            $"{Endpoint}: port {port} is RADIUS, which switches speak over UDP, and a listener takes TCP only; RadSec",
            Assert.Single(reading.Warnings).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void RadSecPort_Nothing() => Assert.Empty(Read("0.0.0.0:2083").Warnings);

    [Theory]
    [InlineData("udp://0.0.0.0:514")]
    [InlineData("udp:0.0.0.0:1812")]
    [InlineData("0.0.0.0:1812/udp")]
    public void Udp_Fault(string endpoint)
        => Assert.StartsWith(
            $"{Endpoint}: '{endpoint}' asks for UDP, and a listener takes TCP only",
            Assert.Single(Read(endpoint).Faults).ToString(),
            StringComparison.Ordinal);

    private static ConfigurationReading Read(string endpoint)
    {
        var json = JsonNode.Parse(ConfigurationSample.Valid)!;
        json["HaProxyNet"]!["Listeners"]!["iqservice"]!["Endpoint"] = endpoint;
        return ConfigurationSample.Load(json.ToJsonString()).Reading;
    }
}
