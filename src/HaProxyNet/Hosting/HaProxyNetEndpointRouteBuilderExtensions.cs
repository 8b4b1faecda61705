using HaProxyNet.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace HaProxyNet.Hosting;

/// <summary>Starts the proxy's state and maps what operators read.</summary>
public static class HaProxyNetEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Loads the clusters (this is when YARP takes over the configuration) and maps <c>/metrics</c>, <c>/healthz</c>, <c>/readyz</c> and
    /// <c>/api/v1/status</c>, <c>sessions</c>, <c>events</c> and <c>history</c>, all read-only, on the application's HTTP endpoints.
    /// </summary>
    public static IEndpointRouteBuilder MapHaProxyNet(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapReverseProxy();
        AdminEndpoints.Map(endpoints, endpoints.ServiceProvider);
        return endpoints;
    }
}
