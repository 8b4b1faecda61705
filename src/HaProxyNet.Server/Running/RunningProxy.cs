using System.Net.Sockets;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
using HaProxyNet.Server.CommandLine;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Own;

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
        FaultPrinter.Print(error, loaded.Reading.Warnings, "warning: ");
        if (loaded.Reading.Options is not { } options)
        {
            FaultPrinter.Print(error, loaded.Reading.Faults);
            return 1;
        }

        // Looked at first, so that all that are wrong are named; a bind stops at the first. Warnings about certificates go to the log.
        ConfigurationFault[] faults = [.. CertificateAvailability.Check(options, TimeProvider.System).Faults, .. EndpointAvailability.Check(options)];
        if (faults.Length > 0)
        {
            FaultPrinter.Print(error, faults.Select(loaded.InOperatorsWords));
            return 1;
        }

        await using var application = ProxyApplication.Build(loaded);
        using var reload = new ConfigurationReload(
            loaded.Root,
            file,
            TimeProvider.System,
            application.Services.GetRequiredService<InternalFaults>(),
            application.Services.GetRequiredService<ILogger<ConfigurationReload>>());
        var internalFaults = application.Services.GetRequiredService<InternalFaults>();
        using var unobserved = new UnobservedFaults(internalFaults);
        using var second = new SecondSignal(application.Services.GetRequiredService<ShutdownDrain>(), internalFaults);
        var ending = application.Lifetime.ApplicationStopping;
        try
        {
            await application.StartAsync(stop);
        }
#pragma warning disable CA1031 // It was asked to end before it had begun: what the start says to that is no fault.
        catch (Exception) when (stop.IsCancellationRequested || ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return 0;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // Someone was faster, between the look above and the bind.
            FaultPrinter.Print(error, [loaded.InOperatorsWords(BindFault.Of(fault, options))]);
            return 1;
        }
        catch (InvalidConfigurationException fault)
        {
            // Certificates that changed since the look above.
            FaultPrinter.Print(error, fault.Faults);
            return 1;
        }

        using var signal = new ReloadSignal(reload);
        await application.WaitForShutdownAsync(stop);
        return 0;
    }
}
