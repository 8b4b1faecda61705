using HaProxyNet.Hosting.Embedding;
using HaProxyNet.Hosting.Mapping;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Starts the proxy's state and maps what operators read.</summary>
public static class HaProxyNetEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Loads the clusters (this is when YARP takes over the configuration) and maps <c>/metrics</c>, <c>/healthz</c>, <c>/readyz</c> and
    /// <c>/api/v1/status</c>, <c>sessions</c>, <c>events</c> and <c>history</c>, all read-only, on the application's HTTP endpoints. Call
    /// it once, before the application runs.
    /// </summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="prefix">What stands before each path, such as <c>/proxy</c>; default: nothing.</param>
    /// <returns>Conventions for all of these endpoints, such as <c>RequireAuthorization</c> and <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddHaProxyNet</c> was not called.</exception>
    public static IEndpointConventionBuilder MapHaProxyNet(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var mapping = endpoints.ServiceProvider.GetService<EndpointMapping>()
            ?? throw new InvalidOperationException(
                "MapHaProxyNet needs the proxy's services. Call builder.Services.AddHaProxyNet(section) first.");
        mapping.LoadClusters(endpoints);
        var group = endpoints.MapGroup(prefix);
        AdminEndpoints.Map(group, endpoints.ServiceProvider);
        return group.WithMetadata(EndpointMapping.Mark);
    }
}
