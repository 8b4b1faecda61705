using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
using HaProxyNet.Hosting.Mapping;
using HaProxyNet.Server.Administering;
using HaProxyNet.Server.Exporting;
using HaProxyNet.Server.Systemd;

namespace HaProxyNet.Server.Running;

/// <summary>The application: Kestrel with the proxy's listeners and the admin endpoint, and nothing else.</summary>
internal static class ProxyApplication
{
    /// <summary>Builds it from a configuration that was found valid.</summary>
    /// <param name="loaded">The configuration; its reloads are taken over.</param>
    /// <param name="logging">Replaces the log to the console.</param>
    /// <param name="services">Adds to the services, or replaces some.</param>
    public static WebApplication Build(
        LoadedConfiguration loaded, Action<ILoggingBuilder>? logging = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "HaProxyNet" });
        builder.Configuration.AddConfiguration(loaded.Root);
        var sound = new SoundLogging(loaded.Root);
        ProxyLogging.Configure(
            builder.Logging, sound.Settings, logging ?? (outputs => ProxyLogging.ToOutputs(outputs, loaded.Reading.Options!)));
        builder.Services.AddServiceManager(NotifyEnvironment.Current);
        builder.Services.AddWindowsService();
        builder.Services.AddRoutingCore();
        builder.Services.AddHaProxyNet(loaded.Root, proxy => proxy.Rehearse());
        builder.Services.AddSingleton<Reloading.IReloadPart>(sound);
        OtlpExport.AddTo(builder.Services, Environment.GetEnvironmentVariable);
        UnusedKeys.LeaveOut(builder.Services);
        builder.WebHost.UseKestrelCore();
        var door = AdminListener.NewDoor();
        builder.WebHost.ConfigureKestrel(kestrel => AdminListener.Configure(kestrel, door));

        services?.Invoke(builder.Services);
        var application = builder.Build();
        AdminListener.Guard(application, door);
        application.MapHaProxyNet();
        PageEndpoints.Map(application);
        return application;
    }
}
