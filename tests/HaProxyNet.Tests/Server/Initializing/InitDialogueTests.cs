using HaProxyNet.Configuration.Tls;
using HaProxyNet.Server.Initializing;

namespace HaProxyNet.Tests.Server.Initializing;

public sealed class InitDialogueTests
{
    [Fact]
    public async Task Enter_TakesEveryDefault_TlsIsPassedThrough()
    {
        var (answers, asked) = await AskAsync("", "", "", "", "");

        Assert.Equal(
            ("iqservice.corp.example", TlsMode.Passthrough, "*:6060", "iqs1.corp.example:6060", "iqs2.corp.example:6060"),
            (answers.ServerName, answers.Tls, answers.Listen, answers.Primary.ToString(), answers.Secondary!.ToString()));
        Assert.Equal(5, asked.Split("]: ").Length - 1);
    }

    [Fact]
    public async Task WithoutTls_PortsArePlainOnes()
    {
        var (answers, _) = await AskAsync("vip.corp.example", "none", "a.corp.example", "none", "");

        Assert.Equal(
            ("vip.corp.example", TlsMode.None, "*:5050", "a.corp.example:5050"),
            (answers.ServerName, answers.Tls, answers.Listen, answers.Primary.ToString()));
        Assert.Null(answers.Secondary);
    }

    [Fact]
    public async Task BadAnswer_OneSentence_AsksAgain()
    {
        var (answers, asked) = await AskAsync("not a name", "vip.corp.example", "", "", "", "");

        Assert.Equal("vip.corp.example", answers.ServerName);
        Assert.Contains("'not a name' is not a host name; ", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InputEnds_Refused()
    {
        var refusal = await Assert.ThrowsAsync<InitRefusedException>(() => AskAsync("", ""));

        Assert.Contains("'The primary agent'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--defaults", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_IsNotAsked()
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--primary"] = "a.corp.example",
            ["--secondary"] = "b.corp.example:1",
        };

        var answers = await new InitDialogue(given.GetValueOrDefault, input: null, TextWriter.Null).AskAsync();

        Assert.Equal(("a.corp.example:6060", "b.corp.example:1"), (answers.Primary.ToString(), answers.Secondary!.ToString()));
    }

    private static async Task<(InitAnswers Answers, string Asked)> AskAsync(params string[] lines)
    {
        using var input = new StringReader(string.Concat(lines.Select(line => line + "\n")));
        await using var output = new StringWriter();
        return (await new InitDialogue(_ => null, input, output).AskAsync(), output.ToString());
    }
}
