using HaProxyNet.Listening;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HaProxyNet.Hosting;

/// <summary>
/// Makes every listener of the first configuration an endpoint of Kestrel, which binds and unbinds it. Listeners that a reload adds or
/// moves do not pass through Kestrel, which takes no endpoint while it runs.
/// </summary>
internal sealed class KestrelListeners(ListenerDirectory listeners, AcceptingPlaces places) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        foreach (var listener in listeners.All)
        {
            var place = places.Create(listener.Name, listener.Plan.Address, listener.Plan.Silence);
            place.Target = listener;

            // No HTTP version: Kestrel adds no HTTP middleware behind an endpoint of ours.
            options.Listen(new ProxyEndPoint(place), static o => o.Protocols = HttpProtocols.None);
        }
    }
}
