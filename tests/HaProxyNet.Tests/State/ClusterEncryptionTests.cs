using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.State;

namespace HaProxyNet.Tests.State;

public sealed class ClusterEncryptionTests
{
    [Theory]
    [InlineData("own.example", "shared.example", "iqs1.example:6060", "own.example")]
    [InlineData("", "shared.example", "iqs1.example:6060", "shared.example")]
    [InlineData("", "", "iqs1.example:6060", "iqs1.example")]
    [InlineData("", "", "[fd00::4]:6060", "fd00::4")]
    [InlineData("own.example.", "", "iqs1.example:6060", "own.example")]
    [InlineData("", "shared.example.", "iqs1.example:6060", "shared.example")]
    [InlineData("", "", "iqs1.example.:6060", "iqs1.example")]
    public void NameOf_Destination_TheNearestThatIsGiven(string own, string shared, string address, string expected)
    {
        var cluster = new ClusterOptions
        {
            Destinations = [new DestinationOptions { Name = "primary", Address = address, TlsServerName = own }],
            Tls = new ClusterTlsOptions { Enabled = true, ServerName = shared },
        };

        Assert.Equal(expected, ClusterEncryption.From(cluster.Tls)!.NameOf(DestinationModel.From(cluster)[0]));
    }

    [Fact]
    public void From_NotEnabled_None() => Assert.Null(ClusterEncryption.From(new ClusterTlsOptions { ServerName = "shared.example" }));
}
