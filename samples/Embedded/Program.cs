// An ASP.NET Core application with a page of its own, and a failover proxy in the same process. docs/embedding.md explains it.
var builder = WebApplication.CreateBuilder(args);

builder.Services
    .AddHaProxyNet(builder.Configuration.GetSection("HaProxyNet"))
    .Use(next => connection =>
    {
        Console.WriteLine($"a client: {connection.RemoteEndPoint}");
        return next(connection);
    });
builder.Services.AddHealthChecks().AddHaProxyNet();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(8080));

var application = builder.Build();
application.MapGet("/", () => "This application's own page. The proxy's are under /proxy.");
application.MapHealthChecks("/health");
application.MapHaProxyNet("/proxy").RequireHost("localhost", "127.0.0.1");
await application.RunAsync();
