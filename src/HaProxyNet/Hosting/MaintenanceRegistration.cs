using HaProxyNet.Configuration;
using HaProxyNet.Maintaining;
using HaProxyNet.Maintaining.Etcd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HaProxyNet.Hosting;

/// <summary>What keeps the decisions of operators, and who else knows them.</summary>
internal static class MaintenanceRegistration
{
    /// <summary>Adds the store that the configuration names, and what works with it.</summary>
    public static void AddMaintenance(this IServiceCollection services, ProxyOptions options)
    {
        services.AddSingleton<StoreCondition>();
        services.AddSingleton<MaintenanceInForce>();
        services.AddSingleton<MaintenanceLedger>();
        if (options.Maintenance.IsShared)
        {
            services.TryAddSingleton<ISharedStore, EtcdStore>();
            services.AddSingleton<IMaintenanceStore>(provider => provider.GetRequiredService<ISharedStore>());
        }
        else
        {
            services.AddSingleton<IMaintenanceStore, StateFileStore>();
        }
    }
}
