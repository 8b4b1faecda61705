using HaProxyNet.Forwarding;
using HaProxyNet.Transport.Vocabulary;
using Yarp.ReverseProxy.Forwarder;

namespace HaProxyNet.Tests.Forwarding;

public sealed class ForwardingOutcomeTests
{
    [Theory]
    [InlineData(ForwarderError.None, nameof(ConnectionOutcome.None))]
    [InlineData(ForwarderError.Request, nameof(ConnectionOutcome.DestinationReset))]
    [InlineData(ForwarderError.RequestTimedOut, nameof(ConnectionOutcome.IdleTimeout))]
    [InlineData(ForwarderError.RequestCanceled, nameof(ConnectionOutcome.ClientReset))]
    [InlineData(ForwarderError.RequestBodyClient, nameof(ConnectionOutcome.ClientReset))]
    [InlineData(ForwarderError.RequestBodyDestination, nameof(ConnectionOutcome.DestinationReset))]
    [InlineData(ForwarderError.ResponseBodyDestination, nameof(ConnectionOutcome.DestinationReset))]
    [InlineData(ForwarderError.UpgradeResponseClient, nameof(ConnectionOutcome.ClientReset))]
    [InlineData(ForwarderError.UpgradeActivityTimeout, nameof(ConnectionOutcome.IdleTimeout))]
    [InlineData(ForwarderError.RequestCreation, nameof(ConnectionOutcome.InternalError))]
    public void Of_EachEndOfARequest_SaysWhoEndedTheConnection(ForwarderError error, string expected)
        => Assert.Equal(expected, ForwardingOutcome.Of(error).ToString());

    [Theory]
    [InlineData("X-Forwarded-For", true)]
    [InlineData("x-forwarded-user", true)]
    [InlineData("Forwarded", true)]
    [InlineData("X-Forward", false)]
    [InlineData("Host", false)]
    public void IsOfProxies_OnlyWhatAProxySays(string header, bool expected)
        => Assert.Equal(expected, RequestTransformer.IsOfProxies(header));
}
