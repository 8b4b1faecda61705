using HaProxyNet.Server.Running;

namespace HaProxyNet.Tests.Server.Running;

/// <summary>How many threads the pool may have, and how many the system gives.</summary>
public sealed class PoolThreadsTests
{
    private static readonly int _processors = Environment.ProcessorCount;

    [Fact]
    public void MostOf_TheSystemGivesEnough_IsBounded()
        => Assert.Equal(Math.Max(16, 2 * _processors), PoolThreads.MostOf(10_000));

    [Fact]
    public void MostOf_TheSystemGivesFewer_SomeAreLeftForOthers()
        => Assert.Equal(Math.Max(_processors, 8), PoolThreads.MostOf(12));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void MostOf_TheSystemGivesNone_IsWhatThePoolNeeds(int given)
        => Assert.Equal(_processors, PoolThreads.MostOf(given));

    [Fact]
    public void Count_NoLimit_IsWhatWasAskedFor() => Assert.Equal(5, ThreadRoom.Count(5));

    [Fact]
    public void IsEnough_ACommandThatDoesNotServe_IsNotAsked() => Assert.True(ThreadRoom.IsEnough(["status"]));
}
