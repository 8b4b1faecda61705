using HaProxyNet.Transport;
using HaProxyNet.Transport.Native;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Transport;

public sealed class AcceptPauseTests
{
    [Fact]
    public void IsNews_ShortageComesAgainAndAgain_OnceAMinute()
    {
        var time = new FakeTimeProvider();
        var pause = new AcceptPause(time);

        var told = 0;
        for (var second = 0; second < 150; second++)
        {
            told += pause.IsNews() ? 1 : 0;
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, told);
    }

    [Fact]
    public void Next_AfterEnd_BeginsAnew()
    {
        var pause = new AcceptPause(new FakeTimeProvider());
        var first = pause.Next();
        Assert.True(pause.Next() > first);

        pause.End();

        Assert.Equal(first, pause.Next());
    }

    [Theory]
    [InlineData(1_024, 896)]
    [InlineData(20_000, 19_872)]
    [InlineData(400, 300)]
    [InlineData(64, 48)]
    public void Ceiling_OfALimit_LeavesARestForTheRuntime(long limit, long ceiling) => Assert.Equal(ceiling, DescriptorRoom.Ceiling(limit));
}
