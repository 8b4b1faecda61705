using HaProxyNet.Listening;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HaProxyNet.Hosting;

/// <summary>Makes every listener an endpoint of Kestrel, served by the life of a connection.</summary>
internal sealed class KestrelListeners(ListenerDirectory listeners, ConnectionLife life, HaProxyNetBuilder builder) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        foreach (var listener in listeners.All)
        {
            var endPoint = new ProxyEndPoint(listener.Name, listener.Address, life);
            endPoint.Middleware = builder.Build(endPoint.ServeAsync);

            // No HTTP version: Kestrel adds no HTTP middleware behind an endpoint of ours.
            options.Listen(endPoint, static o => o.Protocols = HttpProtocols.None);
        }
    }
}
