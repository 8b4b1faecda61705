namespace HaProxyNet.Server.Running;

/// <summary>
/// YARP brings ASP.NET Core's data protection for cookies that a TCP proxy does not have. At its start it would write keys to the home folder,
/// or warn that it cannot.
/// </summary>
internal static class UnusedKeys
{
    private const string Owner = "Microsoft.AspNetCore.DataProtection";

    /// <summary>Takes out what starts it.</summary>
    public static void Remove(IServiceCollection services)
    {
        foreach (var starter in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly.GetName().Name == Owner).ToList())
        {
            services.Remove(starter);
        }
    }
}
