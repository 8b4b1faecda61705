using System.CommandLine;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Server.CommandLine;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Server.Checking;

/// <summary><c>check</c>: finds every fault of a configuration without running it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = ConfigurationOptions.File();
        var noBind = new Option<bool>("--no-bind")
        {
            Description = "Do not try whether the endpoints are free: for use next to the running proxy.",
        };
        var command = new Command("check", "Validates the configuration: prints every fault, one a line; exit code 0 or 1.")
        {
            file,
            noBind,
        };
        command.SetAction(result => Check(
            ConfigurationFile.Load(ConfigurationOptions.PathOf(result.GetValue(file))),
            bind: !result.GetValue(noBind),
            result.InvocationConfiguration.Output));
        return command;
    }

    private static int Check(LoadedConfiguration loaded, bool bind, TextWriter output)
    {
        FaultPrinter.Print(output, loaded.Reading.Warnings, "warning: ");
        if (loaded.Reading.Options is not { } options)
        {
            FaultPrinter.Print(output, loaded.Reading.Faults);
            return 1;
        }

        var certificates = CertificateAvailability.Check(options, TimeProvider.System);
        FaultPrinter.Print(output, certificates.Warnings, "warning: ");
        ConfigurationFault[] faults = [.. certificates.Faults, .. bind ? EndpointAvailability.Check(options) : []];
        FaultPrinter.Print(output, faults);
        if (faults.Length > 0)
        {
            return 1;
        }

        var destinations = options.Clusters.Sum(c => c.Value.Destinations.Count);
        output.WriteLine($"ok: {Count(options.Listeners.Count, "listener")}, {Count(options.Clusters.Count, "cluster")}, "
            + $"{Count(destinations, "destination")}");
        return 0;
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
