using System.CommandLine;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.Running;

/// <summary><c>run</c>: the proxy, configured by a file or by one line.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = ConfigurationOptions.File();
        var listen = new Option<string?>("--listen")
        {
            Description = "Listen here, such as 0.0.0.0:5050: the form without a file.",
            HelpName = "EP",
        };
        var primary = new Option<string?>("--primary") { Description = "The destination that is preferred.", HelpName = "HOST:PORT" };
        var secondary = new Option<string?>("--secondary")
        {
            Description = "The destination while the primary does not accept.",
            HelpName = "HOST:PORT",
        };
        var admin = new Option<string?>("--admin")
        {
            Description = "Metrics and status; default: 127.0.0.1:9090; goes with --listen.",
            HelpName = "EP",
        };
        Option<string?>[] oneLine = [listen, primary, secondary, admin];
        var command = new Command("run", "Runs the proxy until SIGTERM or Ctrl-C; SIGHUP, or saving the file, reloads the configuration.");
        foreach (var option in oneLine.Prepend(file))
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            // Whether they are there, not their values: one without a value has none to give.
            if (result.GetResult(file) is not null && oneLine.FirstOrDefault(option => result.GetResult(option) is not null) is { } extra)
            {
                result.AddError($"--config and {extra.Name} exclude each other: a file, or --listen with --primary and --secondary");
            }
        });
        command.SetAction((result, stop) =>
        {
            var path = ConfigurationOptions.PathOf(result.GetValue(file));
            return oneLine.Any(option => result.GetValue(option) is not null)
                ? RunningProxy.RunAsync(
                    OneLineForm.Load(result.GetValue(listen), result.GetValue(primary), result.GetValue(secondary), result.GetValue(admin)),
                    file: null,
                    result.InvocationConfiguration.Error,
                    stop)
                : RunningProxy.RunAsync(ConfigurationFile.Load(path), path, result.InvocationConfiguration.Error, stop);
        });
        return command;
    }
}
