using HaProxyNet.Server;
using HaProxyNet.Server.Documenting;

namespace HaProxyNet.Tests.Server.Documenting;

public sealed class ManualPageTests
{
    [Fact]
    public async Task Page_HasEveryCommandThatIsShown()
    {
        var run = await CommandRun.OfAsync("man", "--date", "2026-01-02");

        Assert.StartsWith(".TH \"HAPROXYNET\" 1 \"2026\\-01\\-02\" \"HaProxyNet ", run.Output[0], StringComparison.Ordinal);
        Assert.All(
            CommandTree.Create().Subcommands.Where(command => !command.Hidden),
            command => Assert.Contains(run.Output, line => line.StartsWith($".SS \"haproxynet {command.Name}", StringComparison.Ordinal)));
        Assert.DoesNotContain(run.Output, line => line.StartsWith(".SS \"haproxynet man", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_NothingIsTakenForARequest()
    {
        var page = new Roff().Paragraph(".hidden file\\").Verbatim("'quoted'", "a-b").Subsection("say \"x\"").ToString();

        Assert.Equal(".PP\n\\&.hidden file\\e\n.PP\n.RS 4\n.nf\n\\&'quoted'\na\\-b\n.fi\n.RE\n.SS \"say \\(dqx\\(dq\"\n", page);
    }
}
