using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>The commands as processes: who may use them, and what a killed proxy leaves.</summary>
public sealed class ControlTests
{
    private const string Nobody = "65534";

    [Fact]
    public async Task OtherUser_CannotConnect_AndIsRefusedWhereTheModeWasWidened()
    {
        Requirement.Linux();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it runs a command as another user");
        string[] asNobody = [Requirement.Command("setpriv", "util-linux"), "--reuid", Nobody, "--regid", Nobody, "--clear-groups"];
        using var primary = new EchoServer();
        using var setup = new ProxySetup("Managed", ("primary", primary.Address));
        await using var proxy = await ProxyProcess.StartAsync(setup);

        // The test's folder is its user's alone; only the socket itself is to be in the way.
        await SetModeAsync("755", Path.GetDirectoryName(setup.ControlSocket)!);

        var refused = await SayDrain(asNobody, setup.ControlSocket);
        Assert.Contains("connect: Permission denied", refused.Output, StringComparison.Ordinal);

        await SetModeAsync("666", setup.ControlSocket);
        var told = await SayDrain(asNobody, setup.ControlSocket);
        Assert.Contains("user (uid 0) and root may give commands", told.Output, StringComparison.Ordinal);
        await proxy.HasWrittenAsync($"A command of uid {Nobody}, pid ");
        Assert.Contains("up", (await proxy.CommandAsync("status")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("draining", (await proxy.CommandAsync("status")).Output, StringComparison.Ordinal);
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task KillNine_TheNextOneTakesTheSocketAndTheDrain(string engine)
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        using var setup = new ProxySetup(engine, ("primary", primary.Address), ("secondary", secondary.Address)) { OutlivesProxy = true };
        await using (var killed = await ProxyProcess.StartAsync(setup))
        {
            (await killed.CommandAsync("drain", "pair/primary")).ExpectSuccess("drain");
            await killed.KillAsync();
            Assert.True(File.Exists(setup.ControlSocket), "a killed process leaves its socket");
            var nobody = await killed.CommandAsync("status");
            Assert.Equal(1, nobody.ExitCode);
            Assert.StartsWith("haproxynet status: no proxy answers at ", nobody.Output);
        }

        await using var proxy = await ProxyProcess.StartAsync(setup);

        Assert.Contains("draining", (await proxy.CommandAsync("status")).Output, StringComparison.Ordinal);
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        await client.FinishAsync();
        await proxy.IsIdleAsync();
        Assert.Equal((0, 1), (await proxy.EndedAsync("primary"), await proxy.EndedAsync("secondary")));
    }

    private static async Task SetModeAsync(string mode, string path)
        => (await CommandResult.OfAsync("chmod", mode, path)).ExpectSuccess("chmod");

    /// <summary>A peer that is not our executable: another user may have no access to that.</summary>
    private static Task<CommandResult> SayDrain(string[] prefix, string socket)
    {
        const string Script = """my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "connect: $!\n"; """
            + """print $s qq({"command":"drain","cluster":"pair","destination":"primary"}\n); $s->flush; print <$s>;""";
        string[] all = [.. prefix, Requirement.Command("perl", "perl-base"), "-MIO::Socket::UNIX", "-e", Script, socket];
        return CommandResult.OfAsync(all[0], all[1..]);
    }
}
