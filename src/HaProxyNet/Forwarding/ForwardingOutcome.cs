using HaProxyNet.Transport.Vocabulary;
using Yarp.ReverseProxy.Forwarder;

namespace HaProxyNet.Forwarding;

/// <summary>What the end of a request is for the connection to its destination. Pure.</summary>
internal static class ForwardingOutcome
{
    /// <summary>None: the connection goes on.</summary>
    public static ConnectionOutcome Of(ForwarderError error) => error switch
    {
        ForwarderError.None => ConnectionOutcome.None,
        ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout => ConnectionOutcome.IdleTimeout,
        ForwarderError.RequestCanceled
            or ForwarderError.RequestBodyCanceled
            or ForwarderError.RequestBodyClient
            or ForwarderError.ResponseBodyCanceled
            or ForwarderError.ResponseBodyClient
            or ForwarderError.UpgradeRequestCanceled
            or ForwarderError.UpgradeRequestClient
            or ForwarderError.UpgradeResponseCanceled
            or ForwarderError.UpgradeResponseClient => ConnectionOutcome.ClientReset,
        ForwarderError.RequestCreation or ForwarderError.NoAvailableDestinations => ConnectionOutcome.InternalError,
        _ => ConnectionOutcome.DestinationReset,
    };
}
