using System.CommandLine;
using System.Globalization;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Server.Initializing;

/// <summary>Asks the questions in their order: what an option answers is not asked, and what is not understood is asked again.</summary>
/// <param name="given">The answer that the command line gives to an option; null: none.</param>
/// <param name="input">Where answers come from; null: the defaults are taken.</param>
/// <param name="output">Where questions go.</param>
internal sealed class InitDialogue(Func<string, string?> given, TextReader? input, TextWriter output)
{
    private const int PlainPort = 5050;
    private const int TlsPort = 6060;

    /// <summary>The options that answer questions.</summary>
    public static IEnumerable<Option<string?>> Options() =>
    [
        new("--name") { Description = "The name that clients connect to.", HelpName = "FQDN" },
        new("--tls") { Description = "Passthrough (the agents end TLS) or None.", HelpName = "MODE" },
        new("--primary") { Description = "The agent that new connections go to.", HelpName = "HOST[:PORT]" },
        new("--secondary")
        {
            Description = $"The agent for when the primary does not accept; {AnswerSyntax.NoAgent}: there is only one.",
            HelpName = "HOST[:PORT]",
        },
        new("--listen") { Description = "Where the proxy listens.", HelpName = "EP" },
    ];

    /// <summary>All answers.</summary>
    /// <exception cref="InitRefusedException">An option is no answer to its question, or the input has ended.</exception>
    public async Task<InitAnswers> AskAsync()
    {
        var name = await AskAsync(new InitQuestion<string>(
            "--name", "The name that clients connect to (FQDN)", "iqservice.corp.example", AnswerSyntax.ServerName));
        var tls = await AskAsync(new InitQuestion<TlsMode>(
            "--tls", "TLS: Passthrough, so that the agents end it, or None", nameof(TlsMode.Passthrough), AnswerSyntax.Tls));
        var port = tls is TlsMode.None ? PlainPort : TlsPort;
        var primary = await AskAsync(new InitQuestion<DestinationAddress?>(
            "--primary", "The primary agent", Address("iqs1.corp.example", port), answer => AnswerSyntax.Agent(answer, port, name)));
        var secondary = await AskAsync(new InitQuestion<DestinationAddress?>(
            "--secondary",
            $"The secondary agent, or {AnswerSyntax.NoAgent}",
            Address("iqs2.corp.example", port),
            answer => AnswerSyntax.OtherAgent(answer, port, name, primary!)));
        var listen =
            await AskAsync(new InitQuestion<string>("--listen", "Where the proxy listens", Address("*", port), AnswerSyntax.Listen));
        return new InitAnswers(name, tls, listen, primary!, secondary);
    }

    private async Task<T> AskAsync<T>(InitQuestion<T> question)
    {
        if (given(question.Option) is { } option)
        {
            return question.Read(option.Trim()) is var (value, problem) && problem is null
                ? value
                : throw new InitRefusedException($"{question.Option} {problem}");
        }

        while (true)
        {
            var answer = await ReadAsync(question.Text, question.Default);
            var (value, problem) = question.Read(answer);
            if (problem is null)
            {
                return value;
            }

            await output.WriteLineAsync(problem);
        }
    }

    private async Task<string> ReadAsync(string question, string standard)
    {
        if (input is null)
        {
            return standard;
        }

        await output.WriteAsync($"{question} [{standard}]: ");
        await output.FlushAsync();
        if (await input.ReadLineAsync() is not { } line)
        {
            await output.WriteLineAsync();
            throw new InitRefusedException(
                $"the input ended before '{question}' was answered; nothing is written, and --defaults asks nothing");
        }

        return line.Trim() is { Length: > 0 } answer ? answer : standard;
    }

    private static string Address(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
