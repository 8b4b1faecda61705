using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class WrittenSettingsTests
{
    private const string Front = """{ "Endpoint": "127.0.0.1:1", "Cluster": "agents", "AllowedClients": [ "10.0.0.0/8", "127.0.0.1" ] }""";

    [Theory]
    [InlineData(Front)]
    [InlineData("""{ "AllowedClients": [ "10.0.0.0/8", "127.0.0.1" ], "cluster": "agents", "ENDPOINT": "127.0.0.1:1" }""")]
    public void IsSame_OtherOrderOrCaseOfKeys_Yes(string other) => Assert.True(Read(Front).IsSame(Read(other)));

    [Theory]
    [InlineData("""{ "Endpoint": "127.0.0.1:1", "Cluster": "agents", "AllowedClients": [ "127.0.0.1", "10.0.0.0/8" ] }""")]
    [InlineData("""{ "Endpoint": "127.0.0.1:1", "Cluster": "agents", "AllowedClients": [ "10.0.0.0/8" ] }""")]
    [InlineData("""{ "Endpoint": "127.0.0.1:1", "Cluster": "other", "AllowedClients": [ "10.0.0.0/8", "127.0.0.1" ] }""")]
    [InlineData("""{ "Endpoint": "127.0.0.1:1", "Cluster": "agents" }""")]
    [InlineData("{}")]
    public void IsSame_AnythingElse_No(string other) => Assert.False(Read(Front).IsSame(Read(other)));

    /// <summary>What the reader of the configuration leaves on each listener and cluster.</summary>
    [Fact]
    public void Read_EachListenerAndCluster_HasWhatIsWrittenOfIt()
    {
        var (one, other) = (Sample("10.0.0.1:1"), Sample("10.0.0.2:1"));

        Assert.True(one.Listeners["front"].Written()!.IsSame(other.Listeners["FRONT"].Written()!));
        Assert.True(one.Clusters["same"].Written()!.IsSame(other.Clusters["same"].Written()!));
        Assert.False(one.Clusters["agents"].Written()!.IsSame(other.Clusters["agents"].Written()!));
    }

    private static ProxyOptions Sample(string address) => ConfigurationReader.Read(Configuration(
        $$"""
        { "HaProxyNet": {
            "Listeners": { "front": { "Endpoint": "127.0.0.1:1", "Cluster": "agents" },
                           "back": { "Endpoint": "127.0.0.1:2", "Cluster": "same" } },
            "Clusters": { "agents": { "Destinations": [ { "Name": "a", "Address": "{{address}}" } ] },
                          "same": { "Destinations": [ { "Name": "a", "Address": "10.0.0.9:1" } ] } } } }
        """)).Options!;

    private static WrittenSettings Read(string listener)
        => WrittenSettings.Of(Configuration($$"""{ "front": {{listener}} }""").GetSection("front"));

    private static IConfigurationRoot Configuration(string json)
        => new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).Build();
}
