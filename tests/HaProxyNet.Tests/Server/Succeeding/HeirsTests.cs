using HaProxyNet.Server.Succeeding;

namespace HaProxyNet.Tests.Server.Succeeding;

public sealed class HeirsTests
{
    private const int First = 7;

    private static readonly ListedProcess _first = new(First, 1, 5, 100, false);

    [Fact]
    public void Among_ChildrenOfChildren_AreFound_OthersAreNot()
    {
        ListedProcess[] all =
        [
            new(1, 0, 1, 1, false), _first, new(9, First, 5, 200, false), new(12, 9, 5, 300, false), new(20, 1, 5, 150, false),
        ];

        Assert.Equal([9, 12], Heirs.Among(all, First).Select(process => process.Id));
    }

    [Fact]
    public void Among_OnesThatHaveEnded_AreNot_TheirChildrenAre()
    {
        ListedProcess[] all = [_first, new(9, First, 5, 200, true), new(12, 9, 5, 300, false)];

        Assert.Equal([12], Heirs.Among(all, First).Select(process => process.Id));
    }

    /// <summary>What a command in the container has left becomes a child of process 1.</summary>
    [Fact]
    public void Among_AnotherSession_IsNoHeir()
    {
        ListedProcess[] all = [_first, new(9, First, 5, 200, false), new(30, First, 30, 400, false)];

        Assert.Equal([9], Heirs.Among(all, First).Select(process => process.Id));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(150, false)]
    [InlineData(0, false)]
    public void HasServed_AnotherRuns_OnlyTheLatestHas(long startedAt, bool hasServed)
        => Assert.Equal(hasServed, Heirs.HasServed(startedAt, [new(9, First, 5, 200, false)]));

    [Fact]
    public void HasServed_NoneRuns_ItHas() => Assert.True(Heirs.HasServed(0, []));

    [Theory]
    [InlineData(9, 200L)]
    [InlineData(30, null)]
    [InlineData(31, null)]
    public void StartOf_OneThatHasEnded_OnlyOfAnHeir(int process, long? startedAt) => Assert.Equal(
        startedAt, Heirs.StartOf(process, [_first, new(9, First, 5, 200, true), new(30, First, 30, 400, true)], First));

    [Fact]
    public void All_ThisProcess_IsThere()
        => Assert.True(!OperatingSystem.IsLinux() || ListedProcess.All().Any(one
            => one.Id == Environment.ProcessId && one is { Parent: > 0, StartedAt: > 0, HasEnded: false }));
}
