using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using HaProxyNet.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting;

/// <summary>
/// Plays a failover and a failback once after the start, with a small proxy and two destinations of its own on loopback. Code that has
/// never run is compiled when it first runs; without this the clients of the first real failover would wait for that (measured: 200 to 700
/// ms on a busy machine). Native code has nothing to rehearse.
/// </summary>
internal sealed partial class Rehearsal(ProxyOptions options, IHostApplicationLifetime lifetime, ILogger<Rehearsal> logger)
    : BackgroundService
{
    private const int Calls = 30;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        // The listeners come first.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(_longest);
        try
        {
            await PlayAsync(limit.Token);
        }
#pragma warning disable CA1031 // The first failover is slower, that is all; what leaves this method would end the host.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogCutShort(fault.Message);
        }
    }

    private async Task PlayAsync(CancellationToken cancellation)
    {
        // Bound and not listening: connects are refused, and nobody else can take the port meanwhile.
        using var primary = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        primary.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var secondary = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        secondary.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        secondary.Listen();

        await using var proxy = Build(primary.LocalEndPoint!, secondary.LocalEndPoint!);
        await proxy.StartAsync(cancellation);
        var address = proxy.Services.GetRequiredService<Listening.ListenerDirectory>().All[0].BoundAddress!;
        var answering = AnswerAsync(secondary, cancellation);
        await CallAsync(address, Calls, cancellation);
        primary.Listen();
        answering = Task.WhenAll(answering, AnswerAsync(primary, cancellation));
        await CallAsync(address, Calls, cancellation);
        await proxy.Services.GetRequiredService<Management.Scraping.MetricsPublisher>().WriteAsync(Stream.Null, cancellation);
        await proxy.StopAsync(cancellation);
        primary.Dispose();
        secondary.Dispose();
        await answering;
    }

    private WebApplication Build(EndPoint primary, EndPoint secondary)
    {
        const string Root = ProxyOptions.SectionName;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "HaProxyNet" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{Root}:Engine"] = options.Engine.ToString(),
            [$"{Root}:Threads"] = "1",
            [$"{Root}:Admin:Endpoint"] = "",
            [$"{Root}:Admin:ControlSocket"] = "",
            [$"{Root}:Admin:StateFile"] = "",
            [$"{Root}:Listeners:rehearsal:Endpoint"] = "127.0.0.1:0",
            [$"{Root}:Listeners:rehearsal:Cluster"] = "rehearsal",
            [$"{Root}:Clusters:rehearsal:Destinations:0:Name"] = "primary",
            [$"{Root}:Clusters:rehearsal:Destinations:0:Address"] = primary.ToString(),
            [$"{Root}:Clusters:rehearsal:Destinations:1:Name"] = "secondary",
            [$"{Root}:Clusters:rehearsal:Destinations:1:Address"] = secondary.ToString(),
            [$"{Root}:Clusters:rehearsal:Health:DownInterval"] = "00:00:00.020",
        });
        builder.Logging.AddProvider(new SilentLoggerProvider());
        builder.Services.AddRoutingCore();
        builder.Services.AddHaProxyNet(builder.Configuration);
        UnusedKeys.LeaveOut(builder.Services);
        Instrumentation.LeaveOut(builder.Services);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.WebHost.UseKestrelCore();
        var application = builder.Build();
        application.MapHaProxyNet();
        return application;
    }

    /// <summary>Answers each connection with what it sent, as long as the socket listens.</summary>
    private static async Task AnswerAsync(Socket listener, CancellationToken cancellation)
    {
        var buffer = new byte[64];
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptAsync(cancellation);
                var count = await connection.ReceiveAsync(buffer, cancellation);
                await connection.SendAsync(buffer.AsMemory(0, count), cancellation);
                await connection.ReceiveAsync(buffer, cancellation);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The play is over.
        }
    }

    private static async Task CallAsync(IPEndPoint proxy, int times, CancellationToken cancellation)
    {
        var buffer = new byte[64];
        for (var i = 0; i < times; i++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(proxy, cancellation);
            await client.SendAsync(buffer, cancellation);
            await client.ReceiveAsync(buffer, cancellation);
        }
    }

    [LoggerMessage(Vocabulary.EventIds.RehearsalCutShort, LogLevel.Debug, "The rehearsal of a failover was cut short: {Fault}.")]
    private partial void LogCutShort(string fault);
}
