using System.Buffers.Binary;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Transport;

public sealed class ClosedWindowTests
{
    private static readonly TimeSpan _userTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _now = TimeSpan.FromSeconds(1000);
    private static readonly TimeSpan _looked = TimeSpan.FromSeconds(980);

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(3u, 0u)]
    [InlineData(3u, 5000u)]
    public void Decide_BytesAreInFlightOrNothingWaits_LimitIsTheUserTimeout(uint inFlight, uint waiting)
        => Assert.Null(Decide(new(inFlight, waiting, 10, TimeSpan.Zero), Closed(since: 900, limit: 170)));

    [Theory]
    [InlineData(0, 20 + 90)]
    [InlineData(15, 5 + 90)]
    [InlineData(40, 90)]
    public void Decide_FoundClosed_LimitEndsAUserTimeoutAfterTheLastAnswer(int silent, int limit)
        => Assert.Equal(Closed(since: 980, limit), Decide(Held(silent), before: null));

    [Theory]
    [InlineData(5, 95 + 90)]
    [InlineData(89, 11 + 90)]
    public void Decide_StillClosedAndAnswered_LimitIsRaised(int silent, int limit)
        => Assert.Equal(Closed(since: 900, limit), Decide(Held(silent), Closed(since: 900, limit: 120)));

    /// <summary>It is not lowered either: the system ends the connection when the limit that was last granted is over.</summary>
    [Theory]
    [InlineData(90)]
    [InlineData(500)]
    public void Decide_StillClosedAndSilent_NoMoreTime(int silent)
        => Assert.Equal(Closed(since: 900, limit: 120), Decide(Held(silent), Closed(since: 900, limit: 120)));

    /// <summary>An old silence is no sign of life.</summary>
    [Fact]
    public void Decide_FoundClosedAndSilent_LimitIsTheUserTimeout()
        => Assert.Equal(Closed(since: 980, limit: 90), Decide(Held(silent: 200), before: null));

    [Fact]
    public void Decide_WindowWasOpenMeanwhile_CountsAnew()
        => Assert.Equal(
            new ClosedWindow(_looked, 11, TimeSpan.FromSeconds(20 + 90)),
            Decide(new(0, 5000, 11, TimeSpan.Zero), Closed(since: 900, limit: 190)));

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(4, 0.5)]
    [InlineData(90, 10)]
    [InlineData(86400, 10)]
    public void Period_UserTimeout_LooksFallBetweenTwoQuestions(double userTimeout, double period)
        => Assert.Equal(TimeSpan.FromSeconds(period), ClosedWindow.Period(TimeSpan.FromSeconds(userTimeout)));

    [Fact]
    public void Parse_TcpInfo_FourFields()
    {
        var info = new byte[SendQueue.InfoSize];
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(24), 3);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(56), 1500);
        BinaryPrimitives.WriteUInt64LittleEndian(info.AsSpan(120), 1UL << 40);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(144), 77);

        Assert.Equal(new SendQueue(3, 77, 1UL << 40, TimeSpan.FromSeconds(1.5)), SendQueue.Parse(info));
    }

    private static SendQueue Held(int silent) => new(0, 5000, 10, TimeSpan.FromSeconds(silent));

    private static ClosedWindow Closed(int since, int limit) => new(TimeSpan.FromSeconds(since), 10, TimeSpan.FromSeconds(limit));

    private static ClosedWindow? Decide(SendQueue queue, ClosedWindow? before)
        => ClosedWindow.Decide(queue, before, _now, _looked, _userTimeout);
}
