using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.WindowsServices;

/// <summary><c>service install|uninstall|status</c>: the proxy as a service of Windows.</summary>
internal static class ServiceCommand
{
    private static string DataFolder
        => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "HaProxyNet");

    public static Command Create()
        => new("service", "Windows: registers the proxy as a service, removes it, or shows it. From an elevated prompt.")
        {
            Install(),
            Simple("uninstall", "Removes the service; the configuration and the state stay.", ServicePlan.Uninstall),
            Simple("status", "Shows the service.", () => [ServicePlan.Status()]),
        };

    private static Command Install()
    {
        var file = ConfigurationOptions.File();
        file.Description = @"The configuration file; %ProgramData%\HaProxyNet\haproxynet.json when not given.";
        var account = new Option<string?>("--account")
        {
            Description = "A group managed service account; the service's own virtual account when not given.",
            HelpName = "DOMAIN\\NAME$",
        };
        account.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && ServicePlan.ProblemOf(given) is { } problem)
            {
                result.AddError($"--account {problem}");
            }
        });
        var command = new Command("install", "Registers the service: delayed start, restarts after a crash, a source in the event log.")
        {
            file,
            account,
        };
        command.SetAction((parsed, stop) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file) ?? Path.Combine(DataFolder, "haproxynet.json"));
            return RunAsync(
                () =>
                {
                    Directory.CreateDirectory(DataFolder);
                    return ServicePlan.Install(Environment.ProcessPath!, path, DataFolder, parsed.GetValue(account));
                },
                $"The service is registered. 'haproxynet check --config \"{path}\"', then 'sc start {ServicePlan.Name}'.",
                parsed.InvocationConfiguration,
                stop);
        });
        return command;
    }

    private static Command Simple(string name, string description, Func<IReadOnlyList<ServiceStep>> plan)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, stop) => RunAsync(plan, done: null, parsed.InvocationConfiguration, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        Func<IReadOnlyList<ServiceStep>> plan,
        string? done,
        InvocationConfiguration streams,
        CancellationToken stop)
    {
        if (!OperatingSystem.IsWindows())
        {
            await streams.Error.WriteLineAsync(
                "haproxynet service: this is for Windows; on Linux the package brings a unit for systemd ('systemctl status haproxynet')");
            return 1;
        }

        foreach (var step in plan())
        {
            var (code, output) = await RunAsync(step, stop);
            await streams.Output.WriteAsync(output);
            if (code != 0)
            {
                await streams.Error.WriteLineAsync(
                    $"haproxynet service: {step.Purpose} ({step.Command}: exit code {code}); is this an elevated prompt?");
                return 1;
            }
        }

        if (done is not null)
        {
            await streams.Output.WriteLineAsync(done);
        }

        return 0;
    }

    private static async Task<(int Code, string Output)> RunAsync(ServiceStep step, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Path.Combine(Environment.SystemDirectory, step.Command), step.Arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, output);
        }
        catch (Win32Exception fault)
        {
            return (fault.NativeErrorCode, fault.Message + Environment.NewLine);
        }
    }
}
