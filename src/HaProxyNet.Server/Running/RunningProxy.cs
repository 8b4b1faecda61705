using System.Net.Sockets;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
using HaProxyNet.Listening;
using HaProxyNet.Server.CommandLine;
using HaProxyNet.Server.Succeeding;
using HaProxyNet.Server.Systemd;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Upgrading;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Server.Running;

/// <summary>The proxy as a process, from its configuration to the exit code.</summary>
internal static class RunningProxy
{
    /// <summary>Runs until SIGTERM, SIGINT or <paramref name="stop"/>, then drains.</summary>
    /// <param name="loaded">The configuration or its faults.</param>
    /// <param name="file">The file that it came from, to be watched; none for the form without a file.</param>
    /// <param name="error">For faults and warnings, one line each.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>0 when it ran and drained, 1 when it could not start.</returns>
    public static async Task<int> RunAsync(LoadedConfiguration loaded, string? file, TextWriter error, CancellationToken stop)
    {
        Tie.TieThis(hasPredecessor: Predecessor.IsNamed);
        using var first = FirstProcess.IfThisStays();
        var (code, successor) = await ServeAsync(loaded, file, first, error, stop);

        // All that serves has been let go by now, whatever it was.
        if (successor is null)
        {
            return code;
        }

        if (first is null)
        {
            // As late as possible: one that is killed while this process ends is taken by this process, and nobody else hears of it.
            return code != 0 ? code : successor.Failure ?? 0;
        }

        ExecutablePages.HandBack();
        return await first.WaitAsync(successor);
    }

    private static async Task<(int Code, Successor? Successor)> ServeAsync(
        LoadedConfiguration loaded, string? file, FirstProcess? first, TextWriter error, CancellationToken stop)
    {
        FaultPrinter.Print(error, loaded.Reading.Warnings, "warning: ");
        if (loaded.Reading.Options is not { } options)
        {
            FaultPrinter.Print(error, loaded.Reading.Faults);
            return (1, null);
        }

        using var predecessor = FindPredecessor(error, out var isRefused);
        if (isRefused)
        {
            return (1, null);
        }

        var activation = predecessor is null ? SocketActivation.Take(options) : new([], null, []);
        using var activated = activation.Sockets;

        // Looked at first, so that all that are wrong are named; a bind stops at the first. Warnings about certificates go to the log.
        // The addresses of a process that this one takes over from are taken, of course.
        ConfigurationFault[] faults =
        [
            .. CertificateAvailability.Check(options, TimeProvider.System).Faults,
            .. activation.Faults,
            .. predecessor is null && activation.Faults.Count == 0 ? EndpointAvailability.Check(options, activation.Listeners) : [],
        ];
        if (faults.Length > 0)
        {
            FaultPrinter.Print(error, faults.Select(loaded.InOperatorsWords));
            return (1, null);
        }

        await using var application = ProxyApplication.Build(
            loaded,
            services: services =>
            {
                AddInherited(services, predecessor, activation.Sockets);
                services.AddHostedService<ExecutablePages>();
                services.AddHostedService<PoolThreads>();
            });
        using var reload = new ConfigurationReload(
            loaded.Root,
            file,
            TimeProvider.System,
            application.Services.GetRequiredService<InternalFaults>(),
            application.Services.GetRequiredService<ILogger<ConfigurationReload>>());
        var internalFaults = application.Services.GetRequiredService<InternalFaults>();
        using var unobserved = new UnobservedFaults(internalFaults);
        using var second = new SecondSignal(
            application.Lifetime.StopApplication, application.Services.GetRequiredService<ShutdownDrain>().Hasten, internalFaults);
        var ending = application.Lifetime.ApplicationStopping;
        try
        {
            await application.StartAsync(stop);
        }
#pragma warning disable CA1031 // It was asked to end before it had begun: what the start says to that is no fault.
        catch (Exception) when (stop.IsCancellationRequested || ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return (0, null);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // Someone was faster, between the look above and the bind.
            FaultPrinter.Print(error, [loaded.InOperatorsWords(BindFault.Of(fault, options))]);
            return (1, null);
        }
        catch (InvalidConfigurationException fault)
        {
            // Certificates that changed since the look above.
            FaultPrinter.Print(error, fault.Faults);
            return (1, null);
        }

        using var signal = new ReloadSignal(reload);
        var handover = application.Services.GetRequiredService<Handover>();
        using var upgrade = new UpgradeSignal(handover, internalFaults);
        first?.Follow(application.Services.GetRequiredService<Succession>());
        upgrade.Obey();
        await application.WaitForShutdownAsync(stop);
        return (application.Services.GetService<Takeover>() is { HasFailed: true } ? 1 : 0, handover.Successor);
    }

    private static Predecessor? FindPredecessor(TextWriter error, out bool isRefused)
    {
        isRefused = false;
        try
        {
            return Predecessor.Find();
        }
        catch (HandoverException fault)
        {
            isRefused = true;
            error.WriteLine($"haproxynet run: {fault.Message}");
            return null;
        }
    }

    private static void AddInherited(IServiceCollection services, Predecessor? predecessor, InheritedSockets? activated)
    {
        if (activated is not null)
        {
            services.AddSingleton(activated);
        }

        if (predecessor is not null)
        {
            services.AddSingleton(predecessor);
            services.AddSingleton(predecessor.Sockets);
            services.AddSingleton(predecessor.Gate);
            services.AddSingleton<Takeover>();
            services.AddHostedService(provider => provider.GetRequiredService<Takeover>());
        }
    }
}
