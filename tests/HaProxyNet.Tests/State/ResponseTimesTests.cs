using HaProxyNet.State;

namespace HaProxyNet.Tests.State;

public sealed class ResponseTimesTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(9)]
    [InlineData(16.384)]
    [InlineData(33)]
    [InlineData(100)]
    [InlineData(399)]
    public void OneInAHundred_AllTheSame_WithinAQuarterAbove(double milliseconds)
    {
        var times = Of(Enumerable.Repeat(milliseconds, 500));

        Assert.InRange(times.OneInAHundred()!.Value.TotalMilliseconds, Math.Min(milliseconds, 8), Math.Max(milliseconds * 1.3, 8.2));
    }

    [Fact]
    public void OneInAHundred_OneOfTwoHundredIsSlow_DoesNotCount()
        => Assert.InRange(Of([.. Enumerable.Repeat(1.0, 398), 300, 300]).OneInAHundred()!.Value.TotalMilliseconds, 0, 9);

    [Fact]
    public void OneInAHundred_LostPacketsAreTheFewer_AreLeftOut()
        => Assert.InRange(
            Of([.. Enumerable.Repeat(1.0, 180), .. Enumerable.Repeat(1001.0, 20)]).OneInAHundred()!.Value.TotalMilliseconds, 0, 9);

    [Fact]
    public void OneInAHundred_MostAreSlowerThanAnyDelay_None()
        => Assert.Null(Of([.. Enumerable.Repeat(1.0, 20), .. Enumerable.Repeat(500.0, 80)]).OneInAHundred());

    [Fact]
    public void Add_TheNetworkHasChanged_OldAnswersFade()
    {
        var times = Of(Enumerable.Repeat(1.0, 5000));
        for (var i = 0; i < 5000; i++)
        {
            times.Add(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(times.OneInAHundred()!.Value.TotalMilliseconds, 100, 130);
    }

    [Fact]
    public void Add_Answer_AllocatesNothing()
    {
        var times = Of([1.0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            times.Add(TimeSpan.FromMilliseconds(i % 500));
            _ = times.OneInAHundred();
        }

        // Less than a byte an answer: what the runtime itself allocates for code that it compiles meanwhile is no answer's.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 9_999);
    }

    private static ResponseTimes Of(IEnumerable<double> milliseconds)
    {
        var times = new ResponseTimes();
        foreach (var time in milliseconds)
        {
            times.Add(TimeSpan.FromMilliseconds(time));
        }

        return times;
    }
}
