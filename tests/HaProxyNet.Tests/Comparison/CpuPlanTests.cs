using HaProxyNet.Comparison.Machine;

namespace HaProxyNet.Tests.Comparison;

public sealed class CpuPlanTests
{
    [Fact]
    public void Divide_MoreCpusThanThreads_KeepsTheLastForTheProxy()
    {
        var plan = CpuPlan.Divide([0, 1, 4, 5], threads: 2);

        Assert.Equal([4, 5], plan.Proxy);
        Assert.Equal([0, 1], plan.Load);
    }

    [Fact]
    public void Divide_NoCpuLeftForTheLoad_PinsNothing() => Assert.False(CpuPlan.Divide([0, 1], threads: 2).IsPinned);

    [Theory]
    [InlineData("\t0-2,5\n", new[] { 0, 1, 2, 5 })]
    [InlineData("3", new[] { 3 })]
    public void ParseList_KernelForm_IsExpanded(string list, int[] expected) => Assert.Equal(expected, CpuPlan.ParseList(list));
}
