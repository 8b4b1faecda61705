using System.CommandLine;
using HaProxyNet.Configuration;

namespace HaProxyNet.Server.Running;

/// <summary><c>run</c>: the proxy.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = ConfigurationOptions.File();
        var listen = new Option<string?>("--listen") { Description = "Listen here, such as 0.0.0.0:5050: the form without a file.", HelpName = "EP" };
        var primary = new Option<string?>("--primary") { Description = "The destination that is preferred.", HelpName = "HOST:PORT" };
        var secondary = new Option<string?>("--secondary") { Description = "The destination while the primary does not accept.", HelpName = "HOST:PORT" };
        var admin = new Option<string?>("--admin") { Description = "Metrics and status, 127.0.0.1:9090 unless told.", HelpName = "EP" };
        var command = new Command("run", "Runs the proxy until SIGTERM or Ctrl-C; SIGHUP reloads the configuration.") { file, listen, primary, secondary, admin };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is not null && (result.GetValue(listen) ?? result.GetValue(primary) ?? result.GetValue(secondary)) is not null)
            {
                result.AddError("--config and --listen, --primary, --secondary exclude each other: a file, or one line.");
            }
        });
        command.SetAction((result, cancellation) =>
        {
            var oneLine = (result.GetValue(listen) ?? result.GetValue(primary) ?? result.GetValue(secondary)) is not null;
            var loaded = oneLine
                ? OneLineForm.Load(result.GetValue(listen), result.GetValue(primary), result.GetValue(secondary), result.GetValue(admin))
                : ConfigurationFile.Load(ConfigurationOptions.PathOf(result.GetValue(file)));
            return RunAsync(loaded, result.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadedConfiguration loaded, TextWriter error, CancellationToken cancellation)
    {
        FaultPrinter.Print(error, loaded.Reading.Warnings, "warning: ");
        if (loaded.Reading.Options is not { } options)
        {
            FaultPrinter.Print(error, loaded.Reading.Faults);
            return 1;
        }

        var taken = EndpointAvailability.Check(options);
        if (taken.Count > 0)
        {
            FaultPrinter.Print(error, taken.Select(loaded.InOperatorsWords));
            return 1;
        }

        await using var application = ProxyApplication.Build(loaded, options);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException fault)
        {
            // Someone was faster, between the look above and the bind.
            FaultPrinter.Print(error, [loaded.InOperatorsWords(BindFault.Of(fault, options))]);
            return 1;
        }

        using var reload = new ReloadSignal(loaded.Root);
        await application.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
