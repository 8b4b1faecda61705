using HaProxyNet.Reloading;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// Adds what a service manager sees of the proxy. Called before the proxy itself is added, so that its part of a reload is the first.
/// </summary>
internal static class ServiceManagerRegistration
{
    public static IServiceCollection AddServiceManager(this IServiceCollection services, NotifyEnvironment environment)
    {
        services.AddSingleton(environment);
        services.AddSingleton(provider => new NotifySocket(provider.GetRequiredService<NotifyEnvironment>().Socket));
        services.AddSingleton<ServiceNotifier>();
        services.AddHostedService(provider => provider.GetRequiredService<ServiceNotifier>());
        services.AddSingleton<IReloadPart, NotifiedReload>();
        return services;
    }
}
