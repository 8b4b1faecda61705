using System.Net;
using HaProxyNet.Listening;
using HaProxyNet.Transport;

namespace HaProxyNet.Hosting;

/// <summary>Makes the places that listeners accept at: with the application's middleware before the stages of a connection.</summary>
internal sealed class ListenerEndPoints(ConnectionLife life, HaProxyNetBuilder builder, TransportEngine engine)
{
    /// <summary>An end point that Kestrel, or a reload, can bind.</summary>
    /// <param name="listener">The name of the listener that it is for.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="silence">How long a silent client is believed to live.</param>
    public ProxyEndPoint Create(string listener, IPEndPoint address, SilenceLimits silence)
    {
        var endPoint = new ProxyEndPoint(listener, address, life) { FirstSilence = silence };
        endPoint.Middleware = builder.Build(endPoint.ServeAsync);
        return endPoint;
    }

    /// <summary>The place of a listening socket; nothing is bound yet.</summary>
    public ListeningSocket Place(ProxyEndPoint endPoint) => new(endPoint, engine);
}
