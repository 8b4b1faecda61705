using System.CommandLine;
using System.Text.Json;
using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Control;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.Incident;

/// <summary><c>incident</c>: what happened, why, and what clients felt, out of the history's files. It needs no running proxy.</summary>
internal static class IncidentCommand
{
    private static readonly string[] _forms = [".html", ".md", ".json"];

    public static Command Create()
    {
        var file = ConfigurationOptions.File();
        file.Description = "The proxy's configuration file, which says where its state file is; the history is next to it.";
        var since = TimeArgument.Option("--since", "From when: 2h (the default), 1d, or a moment such as 2026-11-30T02:14:00Z.");
        var until = TimeArgument.Option("--until", "Until when, in the same way; until now by default.");
        var history = new Option<string?>("--history")
        {
            Description = "The folder of the history, where it is not next to the configured state file.",
            HelpName = "FOLDER",
        };
        var output = new Option<string?>("--out")
        {
            Description = "The report: FILE.html, FILE.md or FILE.json; Markdown to the terminal by default.",
            HelpName = "FILE",
        };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && !_forms.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"--out '{path}' has no form; a file that ends with .html, .md or .json");
            }
        });
        var command = new Command("incident", "Writes what happened, why, and what clients felt, as one document. Changes nothing.")
        {
            since,
            until,
            output,
            history,
            file,
        };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.InvocationConfiguration,
            parsed.GetValue(history),
            ConfigurationOptions.PathOf(parsed.GetValue(file)),
            TimeArgument.Read(parsed.GetValue(since) ?? "2h", TimeProvider.System.GetUtcNow())!.Value,
            parsed.GetValue(until) is { } end
                ? TimeArgument.Read(end, TimeProvider.System.GetUtcNow())!.Value
                : TimeProvider.System.GetUtcNow(),
            parsed.GetValue(output),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        InvocationConfiguration invocation, string? given, string file, DateTimeOffset from, DateTimeOffset to, string? output,
        CancellationToken stop)
    {
        try
        {
            if (from >= to)
            {
                return await FailAsync(invocation, "--since is not before --until");
            }

            if (Find(given, file, out var looked) is not { } folder)
            {
                return await FailAsync(
                    invocation, $"there is no history at {string.Join(", ", looked)}; --history FOLDER says where it is");
            }

            var report = IncidentBuilder.Build(HistoryReader.Read(folder, from, to));
            var text = Write(report, Path.GetExtension(output));
            if (output is null)
            {
                await invocation.Output.WriteAsync(text);
                return 0;
            }

            await File.WriteAllTextAsync(output, text, stop);
            await invocation.Output.WriteLineAsync($"{output}: {report.Story.Count} events, unknown outcomes: {report.Unknown.Count}.");
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(invocation, fault.Message);
        }
    }

    private static string Write(IncidentReport report, string? form) => form?.ToLowerInvariant() switch
    {
        ".html" => HtmlReport.Write(report),
        ".json" => JsonSerializer.Serialize(report, IncidentJson.Default.IncidentReport) + "\n",
        _ => MarkdownReport.Write(report),
    };

    /// <summary>The folder that was named, else the first one that is there next to a place of the state file.</summary>
    private static HistoryFolder? Find(string? given, string file, out IReadOnlyList<string> looked)
    {
        IEnumerable<HistoryFolder> places = given is not null
            ? [new HistoryFolder(given)]
            : RuntimePlaces.StateFile(StateFileOf(file)).Select(HistoryFolder.NextTo);
        var folders = places.ToList();
        looked = [.. folders.Select(f => f.Path)];
        return folders.Find(f => Directory.Exists(f.Path));
    }

    /// <summary>A configuration with faults still says where the history is, or it is at the default place.</summary>
    private static string StateFileOf(string file)
        => File.Exists(file)
            ? ConfigurationFile.Load(file).Reading.Options?.Admin.StateFile ?? AdminOptions.DefaultStateFile
            : AdminOptions.DefaultStateFile;

    private static async Task<int> FailAsync(InvocationConfiguration invocation, string fault)
    {
        await invocation.Error.WriteLineAsync($"haproxynet incident: {fault}");
        return 1;
    }
}
