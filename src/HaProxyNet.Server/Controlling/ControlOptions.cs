using System.CommandLine;
using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Control;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.Controlling;

/// <summary>How a command finds the running proxy: by <c>--socket</c>, else through <c>--config</c>, else at the default place.</summary>
internal sealed class ControlOptions
{
    private readonly Option<string?> _socket = Socket();
    private readonly Option<string?> _file = ConfigurationOptions.File();

    /// <summary>The option for the control socket.</summary>
    public static Option<string?> Socket()
        => new("--socket") { Description = "The control socket of the running proxy.", HelpName = "PATH" };

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        _file.Description = "The proxy's configuration file, which says where its control socket is.";
        command.Add(_socket);
        command.Add(_file);
        return command;
    }

    /// <summary>Asks the proxy. Without an answer that is good, the fault is one line on standard error, and the result is none.</summary>
    public async Task<ControlReply?> AskAsync(ParseResult parsed, ControlRequest request, CancellationToken stop)
    {
        var reply = await SendAsync(parsed, request, stop);
        return await ReportAsync(parsed, reply) ? reply : null;
    }

    /// <summary>Says on standard error what is wrong, one line each; returns whether the command was carried out.</summary>
    public static async Task<bool> ReportAsync(ParseResult parsed, ControlReply reply)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (reply.Error is { } fault)
        {
            foreach (var line in reply.Faults)
            {
                await error.WriteLineAsync(line);
            }

            await error.WriteLineAsync($"haproxynet {parsed.CommandResult.Command.Name}: {fault}");
            return false;
        }

        foreach (var warning in reply.Warnings)
        {
            await error.WriteLineAsync("warning: " + warning);
        }

        return true;
    }

    /// <summary>Asks the proxy; what is wrong is in the answer.</summary>
    public Task<ControlReply> SendAsync(ParseResult parsed, ControlRequest request, CancellationToken stop)
        => parsed.GetValue(_socket) is { } socket
            ? ControlClient.SendAsync([socket], request, stop)
            : PlacesOf(parsed.GetValue(_file), out var places) is { } faulty
                ? Task.FromResult(faulty)
                : ControlClient.SendAsync(places, request, stop);

    /// <summary>Where to look. A file that was not named need not exist: the proxy may run without one.</summary>
    private static ControlReply? PlacesOf(string? file, out IReadOnlyList<string> places)
    {
        places = RuntimePlaces.ControlSocket(AdminOptions.DefaultControlSocket);
        var path = ConfigurationOptions.PathOf(file);
        if (file is null && !File.Exists(path))
        {
            return null;
        }

        var loaded = ConfigurationFile.Load(path);
        if (loaded.Reading.Options is { } options)
        {
            places = RuntimePlaces.ControlSocket(options.Admin.ControlSocket);
            return null;
        }

        return new()
        {
            Error = "the configuration has faults, and so it does not say where the proxy is; --socket PATH works without it",
            Faults = [.. loaded.Reading.Faults.Select(fault => fault.ToString())],
        };
    }
}
