using HaProxyNet.Forwarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace HaProxyNet.Hosting;

/// <summary>What serves the listeners that speak HTTP.</summary>
internal static class ForwardingRegistration
{
    /// <summary>Adds it. Nothing of it runs before the first connection of such a listener.</summary>
    public static void AddForwarding(this IServiceCollection services)
    {
        services.AddSingleton<Forwarder>();
        services.AddSingleton<HttpFront>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RequestForwarder>(provider, QuietForwarder()));
    }

    /// <summary>
    /// YARP's forwarder, which would log two lines with the address of every request, and exceptions for what peers do. What operators need
    /// of that, <see cref="RequestForwarder"/> says.
    /// </summary>
    private static IHttpForwarder QuietForwarder()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddHttpForwarder();
        return services.BuildServiceProvider().GetRequiredService<IHttpForwarder>();
    }
}
