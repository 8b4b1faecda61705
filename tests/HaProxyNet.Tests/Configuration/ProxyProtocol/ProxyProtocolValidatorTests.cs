using System.Text.Json.Nodes;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.ProxyProtocol;

public sealed class ProxyProtocolValidatorTests
{
    private const string Listener = "HaProxyNet.Listeners.iqservice.ProxyProtocol";

    [Theory]
    [InlineData(
        """{ "AcceptFrom": [ "10.0.0.5", "load-balancer" ] }""",
        Listener + ".AcceptFrom[1]: 'load-balancer' is neither a network nor an IP address; ")]
    [InlineData("""{ "AcceptFrom": [ "10.0.0.5/24" ] }""", Listener + ".AcceptFrom[0]: '10.0.0.5/24' has bits set behind its prefix")]
    [InlineData("""{ "AcceptFrom": [ "10.0.0.5" ], "Timeout": "00:00:00" }""", Listener + ".Timeout: is zero; ")]
    public void Faults(string settings, string expected)
        => Assert.StartsWith(expected, Assert.Single(Read(settings).Faults).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """{ "AcceptFrom": [ "0.0.0.0/0" ] }""", Listener + ".AcceptFrom[0]: 0.0.0.0/0 is everyone: each client may claim any address")]
    [InlineData("""{ "Timeout": "00:00:02" }""", Listener + ".Timeout: has no effect without AcceptFrom: no PROXY header is read; ")]
    public void Warnings(string settings, string expected)
        => Assert.StartsWith(expected, Assert.Single(Read(settings).Warnings).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("V1", ProxyProtocolVersion.V1)]
    [InlineData("V2", ProxyProtocolVersion.V2)]
    [InlineData("None", ProxyProtocolVersion.None)]
    public void SendProxyProtocol_Version_IsRead(string value, ProxyProtocolVersion expected)
    {
        var json = JsonNode.Parse(ConfigurationSample.Valid)!;
        json["HaProxyNet"]!["Clusters"]!["iqservice"]!["SendProxyProtocol"] = value;

        var reading = ConfigurationSample.Load(json.ToJsonString()).Reading;

        Assert.Empty(reading.Faults);
        Assert.Equal(expected, reading.Options!.Clusters["iqservice"].SendProxyProtocol);
    }

    [Fact]
    public void AcceptFrom_ListOfNetworks_IsRead()
    {
        var reading = Read("""{ "AcceptFrom": [ "10.0.0.0/8", "fd00::1" ], "Timeout": "00:00:02" }""");

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
    }

    private static ConfigurationReading Read(string settings)
    {
        var json = JsonNode.Parse(ConfigurationSample.Valid)!;
        json["HaProxyNet"]!["Listeners"]!["iqservice"]!["ProxyProtocol"] = JsonNode.Parse(settings);
        return ConfigurationSample.Load(json.ToJsonString()).Reading;
    }
}
