using HaProxyNet.Server.Succeeding;

namespace HaProxyNet.Tests.Server.Succeeding;

public sealed class MainProcessTests
{
    private const string Place = "/run/systemd/notify";

    [Theory]

    // A shell, runit, s6, supervisord: they know this process only.
    [InlineData(70, false, null, null, true)]
    [InlineData(70, false, "", null, true)]

    // A container.
    [InlineData(1, false, null, null, true)]
    [InlineData(1, false, Place, null, true)]
    [InlineData(1, true, null, null, true)]

    // systemd, with and without a word of which process is its own.
    [InlineData(70, false, Place, "70", false)]
    [InlineData(70, false, Place, null, false)]
    [InlineData(70, false, Place, "", false)]

    // A supervisor that is a service itself, and leaves its environment to what it starts.
    [InlineData(70, false, Place, "50", true)]
    [InlineData(70, false, null, "50", true)]

    // One after the first.
    [InlineData(70, true, null, null, false)]
    [InlineData(70, true, Place, "50", false)]
    public void Stays_ByWhoHasStartedIt(int processId, bool hasPredecessor, string? socket, string? own, bool stays)
        => Assert.Equal(stays, MainProcess.Stays(processId, hasPredecessor, name => name switch
        {
            "NOTIFY_SOCKET" => socket,
            "SYSTEMD_EXEC_PID" => own,
            _ => null,
        }));
}
