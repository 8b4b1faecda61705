using HaProxyNet.Server.Succeeding;

namespace HaProxyNet.Tests.Server.Succeeding;

public sealed class PassedSignalTests
{
    private const int Hangup = 1;
    private const int Terminate = 15;
    private const int Upgrade = 12;

    [Theory]
    [InlineData(Terminate, PassedSignal.End, PassedSignal.End)]
    [InlineData(Hangup, Hangup, Hangup)]
    [InlineData(Upgrade, Upgrade, Upgrade)]
    public void Choose_ItListensForIt_ItGetsIt(int came, int passed, int sent)
        => Assert.Equal(sent, PassedSignal.Choose(came, passed, new SignalSet(1UL << (passed - 1))));

    /// <summary>One that starts would be ended by a signal that it does not listen for.</summary>
    [Theory]
    [InlineData(Terminate, PassedSignal.End, Terminate)]
    [InlineData(Hangup, Hangup, null)]
    [InlineData(Upgrade, Upgrade, null)]
    public void Choose_ItDoesNotListen_OnlyTheEndIsSent(int came, int passed, int? sent)
        => Assert.Equal(sent, PassedSignal.Choose(came, passed, default));

    [Fact]
    public void CaughtIn_TheMaskOfAStatus_IsRead()
    {
        var caught = SignalSet.CaughtIn(["Name:\thaproxynet", "SigIgn:\t0000000000001000", "SigCgt:\t0002000000004001"]);

        Assert.Equal([1, 15, 50], Enumerable.Range(1, 64).Where(caught.Has));
    }

    [Theory]
    [InlineData("SigIgn:\t0000000000001000")]
    [InlineData("SigCgt:\tnothing")]
    public void CaughtIn_NoMask_IsEmpty(string line) => Assert.Equal(default, SignalSet.CaughtIn([line]));

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 255, 255)]
    [InlineData(2, 9, 137)]
    [InlineData(2, 15, 143)]
    [InlineData(3, 11, 139)]
    public void ExitCode_OfAChild_IsTheShells(int code, int status, int exitCode) => Assert.Equal(exitCode, ChildEnd.CodeOf(code, status));
}
