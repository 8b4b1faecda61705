using System.Net;
using HaProxyNet.Listening;
using HaProxyNet.Transport;

namespace HaProxyNet.Hosting;

/// <summary>Makes the places where connections are accepted, with the application's middleware before the stages of a connection.</summary>
internal sealed class AcceptingPlaces(ConnectionLife life, HaProxyNetBuilder builder, TransportEngine engine)
{
    /// <summary>A place that Kestrel, or a reload, can bind.</summary>
    /// <param name="listener">The name of the listener that it is for.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="silence">How long a silent client is believed to live.</param>
    public AcceptingPlace Create(string listener, IPEndPoint address, SilenceLimits silence)
    {
        var place = new AcceptingPlace(listener, address, life) { FirstSilence = silence };
        place.Middleware = builder.Build(place.ServeAsync);
        return place;
    }

    /// <summary>The listening socket of a place; nothing is bound yet.</summary>
    public ListeningSocket Socket(AcceptingPlace place) => new(place, engine);
}
