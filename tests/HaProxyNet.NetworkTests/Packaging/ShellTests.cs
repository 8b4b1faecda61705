using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>The manual page as man(1) shows it, and the completions as shells read them.</summary>
public sealed class ShellTests
{
    [Fact]
    public async Task ManualPage_IsRenderedWithoutAWarning()
    {
        var man = Requirement.Command("man", "man-db");
        using var folder = new ScratchFolder();
        var page = folder.Write("haproxynet.1", (await ProxyAsync("man")).Output + "\n");

        var result = await CommandResult.OfAsync("env", "MANWIDTH=100", "LC_ALL=C.UTF-8", man, "--warnings", "-l", page);

        result.ExpectSuccess("man");
        Assert.DoesNotContain("warning", result.Output, StringComparison.Ordinal);
        Assert.All(
            ["haproxynet run", "haproxynet drain CLUSTER/DEST", "SIGHUP", "/etc/haproxynet/haproxynet.json"],
            text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bash_CompletesByTheExecutable()
    {
        Requirement.Linux();
        using var folder = new ScratchFolder();
        folder.Write("haproxynet", $"#!/bin/sh\nexec {string.Join(' ', BuildOutput.ProxyCommand)} \"$@\"\n");
        (await CommandResult.OfAsync("chmod", "755", folder.File("haproxynet"))).ExpectSuccess("chmod");
        var script = BuildOutput.Source("packaging/completions/haproxynet.bash");

        var result = await CommandResult.OfAsync(
            "env", $"PATH={folder.Path}:/usr/bin:/bin", "bash", "-c",
            $"source {script}; COMP_LINE='haproxynet st'; COMP_POINT=13; COMP_WORDS=(haproxynet st); COMP_CWORD=1; _haproxynet; echo "
                + $"\"${{COMPREPLY[@]}}\"");

        Assert.Equal("status", result.Output.Trim());
    }

    [Theory]
    [InlineData("zsh", "_haproxynet")]
    [InlineData("fish", "haproxynet.fish")]
    public async Task OtherShells_ReadTheScript(string shell, string script)
    {
        var command = Requirement.Command(shell);

        (await CommandResult.OfAsync(command, "-n", BuildOutput.Source("packaging/completions/" + script))).ExpectSuccess(shell);
    }

    private static Task<CommandResult> ProxyAsync(params string[] arguments)
    {
        Requirement.Linux();
        string[] all = [.. BuildOutput.ProxyCommand, .. arguments];
        return CommandResult.OfAsync(all[0], all[1..]);
    }
}
