using System.CommandLine;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.Initializing;

/// <summary><c>init</c>: asks a few questions, and writes a configuration that <c>check</c> accepts.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var file = ConfigurationOptions.File();
        file.Description = $"The file to write; {ConfigurationFile.DefaultPath} here when not given. One that exists is not touched.";
        var defaults = new Option<bool>("--defaults") { Description = "Ask nothing: the default for everything that no option answers." };
        var command = new Command("init", "Writes a first configuration: asks for the name that clients connect to, the agents, and TLS.")
        {
            file,
            defaults,
        };
        foreach (var option in InitDialogue.Options())
        {
            command.Add(option);
        }

        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(file) ?? ConfigurationFile.DefaultPath,
            new InitDialogue(
                name => parsed.GetValue<string?>(name),
                parsed.GetValue(defaults) ? null : Console.In,
                parsed.InvocationConfiguration.Output),
            parsed.InvocationConfiguration));
        return command;
    }

    private static async Task<int> RunAsync(string path, InitDialogue dialogue, InvocationConfiguration streams)
    {
        try
        {
            // Before the questions: nobody likes to answer them for nothing.
            RefuseExisting(path);
            var answers = await dialogue.AskAsync();
            Write(path, FirstConfiguration.Of(answers));
            await ExplainAsync(path, answers, streams.Output);
            return 0;
        }
        catch (InitRefusedException refusal)
        {
            await streams.Error.WriteLineAsync($"haproxynet init: {refusal.Message}");
            return 1;
        }
    }

    private static void RefuseExisting(string path)
    {
        if (Path.Exists(path))
        {
            throw new InitRefusedException(
                $"{path} exists, and init does not overwrite it; name another file with --config, or move this one away");
        }
    }

    private static void Write(string path, byte[] content)
    {
        RefuseFaults(content);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw new InitRefusedException($"{path} cannot be written: {fault.Message.TrimEnd('.')}; name another file with --config");
        }
    }

    /// <summary>Each answer was good; together they might not be.</summary>
    private static void RefuseFaults(byte[] content)
    {
        using var json = new MemoryStream(content);
        var reading = ConfigurationReader.Read(new ConfigurationBuilder().AddJsonStream(json).Build());
        if (reading.Faults is [var fault, ..])
        {
            throw new InitRefusedException($"the answers do not fit together: {fault}");
        }
    }

    private static async Task ExplainAsync(string path, InitAnswers answers, TextWriter output)
    {
        var port = ListenEndPoint.Parse(answers.Listen).Port;
        await output.WriteLineAsync($"{path} is written. Clients connect to {answers.ServerName}, port {port}.");
        if (answers.Tls is TlsMode.Passthrough)
        {
            await output.WriteLineAsync($"The agents end TLS: each needs a certificate for {answers.ServerName}.");
        }

        await output.WriteLineAsync(
            $"Next: 'haproxynet check --config {path}', then 'haproxynet doctor --config {path}', which looks at each agent.");
    }
}
