using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;

namespace HaProxyNet.Tests.State;

public sealed class KnownAddressesTests
{
    private readonly KnownAddresses _known = new();

    /// <summary>A reload that only adds or removes the dot, while the name servers are away, loses nothing.</summary>
    [Theory]
    [InlineData("iqs1.corp.example", "iqs1.corp.example.:5050")]
    [InlineData("iqs1.corp.example.", "iqs1.corp.example:5050")]
    [InlineData("iqs1.corp.example", "IQS1.Corp.Example:5050")]
    public void Of_SameNameWithoutTheDotOrInAnotherCase_IsKnown(string host, string address)
    {
        _known.Note(host, [IPAddress.Parse("10.0.0.4")]);

        _known.Keep([DestinationAddress.Parse(address).Host]);

        Assert.Equal(IPEndPoint.Parse("10.0.0.4:5050"), Assert.Single(_known.Of(DestinationAddress.Parse(address))));
    }

    /// <summary>A resolver may answer otherwise, by its search domains: it is asked.</summary>
    [Fact]
    public void Has_SameNameWithADot_IsAskedFor()
    {
        _known.Note("iqs1.corp.example", [IPAddress.Parse("10.0.0.4")]);

        Assert.False(_known.Has(DestinationAddress.Parse("iqs1.corp.example.:5050")));
    }

    [Fact]
    public void Keep_OtherNames_AreForgotten()
    {
        _known.Note("old.corp.example", [IPAddress.Parse("10.0.0.4")]);

        _known.Keep(["new.corp.example"]);

        Assert.Empty(_known.Of(DestinationAddress.Parse("old.corp.example:5050")));
    }
}
