using HaProxyNet.Hosting.Reloading;
using HaProxyNet.Listening;
using HaProxyNet.Management.Http;
using HaProxyNet.Reloading;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HaProxyNet.Server.Administering;

/// <summary>The admin endpoint of the executable: its requests are small, its connections few, and its clients strangers.</summary>
internal static class AdminListener
{
    private const int MostConnections = 1024;
    private const int MostConnectionsOfOneSite = 512;

    /// <summary>Makes Kestrel listen for it, within bounds.</summary>
    public static void Configure(KestrelServerOptions kestrel, AdminDoor door)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = 2 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBufferSize = 16 * 1024;
        limits.MaxRequestBodySize = 0;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Listen(AdminEndPoint.Instance, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => door.ServeAsync(connection, next));
        });
    }

    /// <summary>The door of one endpoint.</summary>
    public static AdminDoor NewDoor() => new(MostConnections, MostConnectionsOfOneSite, TimeProvider.System);

    /// <summary>What a request passes before it is answered.</summary>
    public static void Guard(WebApplication application, AdminDoor door)
    {
        var configuration = application.Services.GetRequiredService<ConfigurationInForce>();
        var hosts = new AdminHosts(() => configuration.Now.Admin.AllowedHosts, new OwnAddresses(TimeProvider.System));
        var faults = application.Services.GetRequiredService<InternalFaults>();
        application.Use(next => http => AdminGuard.ServeAsync(http, next, faults));
        var succession = application.Services.GetRequiredService<Succession>();
        application.Use(next => http =>
        {
            // After an upgrade the next request of this client is for the process that serves.
            if (succession.HasHappened)
            {
                http.Response.Headers.Connection = "close";
            }

            return next(http);
        });
        application.Use(next => http => door.PaceAsync(http, next));
        application.Use(next => http => hosts.AnswerAsync(http, next));
    }
}
