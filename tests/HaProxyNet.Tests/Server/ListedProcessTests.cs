using HaProxyNet.Server.Running;

namespace HaProxyNet.Tests.Server;

public sealed class ListedProcessTests
{
    [Theory]
    [InlineData(0x0000, 0)]
    [InlineData(0x0100, 1)]
    [InlineData(0xff00, 255)]
    [InlineData(9, 137)]
    [InlineData(15, 143)]
    [InlineData(0x80 | 11, 139)]
    public void ExitCode_OfAStatus_IsTheShells(int status, int code) => Assert.Equal(code, ListedProcess.ExitCode(status));

    [Fact]
    public void Below_ChildrenOfChildren_AreFound_OthersAreNot()
    {
        ListedProcess[] all =
        [
            new(1, 0, false), new(7, 1, false), new(9, 7, false), new(12, 9, true), new(20, 0, false), new(21, 20, false),
        ];

        Assert.Equal([7, 9, 12], ListedProcess.Below(1, all).Select(process => process.Id));
    }

    /// <summary>A process in the middle ends while the list is made: the one that serves still names it as its parent.</summary>
    [Fact]
    public void BelowFirst_ParentIsNotListedAnyMore_TheChildIsStillFound()
    {
        ListedProcess[] all = [new(1, 0, false), new(36, 16, false), new(40, 36, false), new(7, 1, false), new(20, 0, false)];

        Assert.Equal([36, 40, 7], ListedProcess.BelowFirst(1, all).Select(process => process.Id));
    }
}
