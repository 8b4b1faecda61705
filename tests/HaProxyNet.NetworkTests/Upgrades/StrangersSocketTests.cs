using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A process that is told to take over by a socket of another user takes nothing, and does not start.</summary>
public sealed class StrangersSocketTests
{
    /// <summary>Makes a pair of sockets as the user nobody, takes one end of it as root, and becomes the proxy.</summary>
    private const string Program = """
        import array, os, socket, sys
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.fork() == 0:
            os.setuid(65534)
            a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            theirs.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [a.fileno()]))])
            a.close()
            b.recv(1)
            os._exit(0)
        theirs.close()
        _, ancillary, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(4))
        descriptor = array.array("i", ancillary[0][2])[0]
        os.set_inheritable(descriptor, True)
        os.environ[sys.argv[1]] = str(descriptor)
        os.execvp(sys.argv[2], sys.argv[2:])
        """;

    [Fact]
    public async Task Run_SocketOfAnotherUser_IsRefusedInWords()
    {
        Requirement.Linux();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it becomes another user for a moment");
        using var setup = new ProxySetup("Reactor", ("primary", "127.0.0.1:9"));

        var result = await CommandResult.OfAsync(
            Requirement.Command("python3"),
            ["-c", Program, "HAPROXYNET_HANDOVER", .. BuildOutput.ProxyCommand, "run", "--config", setup.WriteFile()]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("is of user 65534", result.Output, StringComparison.Ordinal);
        Assert.Contains("both must be the same", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }
}
