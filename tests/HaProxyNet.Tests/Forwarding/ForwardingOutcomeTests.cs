using HaProxyNet.Forwarding;
using HaProxyNet.Transport.Vocabulary;
using Yarp.ReverseProxy.Forwarder;

namespace HaProxyNet.Tests.Forwarding;

public sealed class ForwardingOutcomeTests
{
    [Theory]
    [InlineData(ForwarderError.None, ConnectionOutcome.None)]
    [InlineData(ForwarderError.Request, ConnectionOutcome.DestinationReset)]
    [InlineData(ForwarderError.RequestTimedOut, ConnectionOutcome.IdleTimeout)]
    [InlineData(ForwarderError.RequestCanceled, ConnectionOutcome.ClientReset)]
    [InlineData(ForwarderError.RequestBodyClient, ConnectionOutcome.ClientReset)]
    [InlineData(ForwarderError.RequestBodyDestination, ConnectionOutcome.DestinationReset)]
    [InlineData(ForwarderError.ResponseBodyDestination, ConnectionOutcome.DestinationReset)]
    [InlineData(ForwarderError.UpgradeResponseClient, ConnectionOutcome.ClientReset)]
    [InlineData(ForwarderError.UpgradeActivityTimeout, ConnectionOutcome.IdleTimeout)]
    [InlineData(ForwarderError.RequestCreation, ConnectionOutcome.InternalError)]
    public void Of_EachEndOfARequest_SaysWhoEndedTheConnection(ForwarderError error, ConnectionOutcome expected)
        => Assert.Equal(expected, ForwardingOutcome.Of(error));

    [Theory]
    [InlineData("X-Forwarded-For", true)]
    [InlineData("x-forwarded-user", true)]
    [InlineData("Forwarded", true)]
    [InlineData("X-Forward", false)]
    [InlineData("Host", false)]
    public void IsOfProxies_OnlyWhatAProxySays(string header, bool expected)
        => Assert.Equal(expected, RequestTransformer.IsOfProxies(header));
}
