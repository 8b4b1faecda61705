using HaProxyNet.Hosting;
using Microsoft.Extensions.Configuration;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 9090));
builder.Services.AddHaProxyNet(builder.Configuration);
var app = builder.Build();
app.MapHaProxyNet();
await app.RunAsync();
