using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.Listening;

/// <summary>Where connections are accepted: an address, and the listener that has it now.</summary>
internal interface IAcceptingPlace : IConnectionSink
{
    /// <summary>The IP address and port to listen on.</summary>
    IPEndPoint Address { get; }

    /// <summary>
    /// The listener that connections are accepted for. It is set before the first one is accepted; a reload may put another one in its
    /// place.
    /// </summary>
    Listener Target { get; set; }
}
