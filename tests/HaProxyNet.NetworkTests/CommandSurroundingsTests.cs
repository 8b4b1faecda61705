using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests;

/// <summary>What a shell, a service manager or a full disk does to a command.</summary>
public sealed class CommandSurroundingsTests
{
    private const string InDeletedFolder = """folder=$(mktemp -d) && cd "$folder" && rmdir "$folder" && exec "$@" """;

    private static string[] Proxy
        => BuildOutput.Native is { } native ? [native] : [Path.ChangeExtension(BuildOutput.Proxy, null)];

    [Fact]
    public async Task Output_FullDisk_OneLineAndExitCodeOne()
    {
        Requirement.Linux();

        var schema = await CommandResult.OfAsync("sh", ["-c", """exec "$@" > /dev/full""", "sh", .. Proxy, "schema"]);

        Assert.Equal(1, schema.ExitCode);
        Assert.StartsWith("haproxynet schema: the output cannot be written", Assert.Single(schema.Output.Split('\n')));
    }

    [Fact]
    public async Task Watch_ItsReaderHasLeft_Ends()
    {
        Requirement.Linux();

        var watch = await CommandResult.OfAsync(
            "sh",
            ["-c", """{ "$@"; echo "code $?" >&2; } | true""", "sh", .. Proxy, "status", "--watch", "--socket", "/nonexistent/c.sock"]);

        Assert.Contains("code 0", watch.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InAFolderThatHasBeenDeleted_ServesAndSaysIt()
    {
        Requirement.Linux();
        await using var proxy = Start(["sh", "-c", InDeletedFolder, "sh"]);

        await proxy.HasWrittenAsync(" accepts on ");

        Assert.Contains("the folder in which this was started has been deleted", proxy.Text, StringComparison.Ordinal);
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.EndAsync());
    }

    /// <summary>SIGUSR1, SIGALRM, SIGXFSZ, SIGVTALRM, SIGPROF and SIGIO end a program that has not heard of them.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(14)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(29)]
    public async Task Run_SignalThatIsMeantForOthers_EndsNothing(int signal)
    {
        Requirement.Linux();
        await using var proxy = Start(["env"]);
        await proxy.HasWrittenAsync(" accepts on ");

        proxy.Send(signal);
        proxy.Send(Signal.Terminate);

        Assert.Equal(0, await proxy.EndAsync());
    }

    /// <summary>Each thread's stack counts as memory: 8 MB, as a rule.</summary>
    [Fact]
    public async Task Run_NoRoomForThreads_OneLineAndExitCodeOne()
    {
        Requirement.Linux();
        Assert.SkipUnless(BuildOutput.Native is not null, "The just-in-time compiler's runtime does not begin in so little memory.");
        await using var proxy = Start([Requirement.Command("prlimit", "util-linux"), "--data=50000000"]);

        Assert.Equal(1, await proxy.EndAsync());
        Assert.Contains("more threads, and it needs", Assert.Single(proxy.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SignalsThatItsParentHasBlocked_AreObeyed()
    {
        Requirement.Linux();
        await using var proxy = Start(["env", "--block-signal=TERM", "--block-signal=HUP"]);
        await proxy.HasWrittenAsync(" accepts on ");

        proxy.Send(Signal.Terminate);

        Assert.Equal(0, await proxy.EndAsync());
    }

    private static ProcessUnderTest Start(string[] prefix)
    {
        string[] command =
        [
            .. prefix, .. Proxy, "run", "--listen", $"127.0.0.1:{FreePorts.Next()}", "--admin", $"127.0.0.1:{FreePorts.Next()}",
            "--primary", "127.0.0.1:9", "--secondary", "127.0.0.1:10",
        ];
        return new("haproxynet run", command[0], command[1..]);
    }
}
