using HaProxyNet.Listening;

namespace HaProxyNet.Tests.Listening;

public sealed class ConnectionFollowTests
{
    [Theory]
    [InlineData(10, 0, 9, false)]
    [InlineData(10, 9, 10, true)]
    [InlineData(10, 10, 11, false)]
    [InlineData(10, 19.5, 20.4, true)]
    [InlineData(10, 5, 45, true)]
    [InlineData(10, -3, 1, false)]
    [InlineData(10, -3, 12, true)]
    [InlineData(0, 9, 100, false)]
    public void IsDue_EachTimeThatAWholeNumberOfTimesHasPassed(double every, double before, double now, bool expected)
        => Assert.Equal(
            expected, new ConnectionFollow(AtStart: false, TimeSpan.FromSeconds(every)).IsDue(
                TimeSpan.FromSeconds(before), TimeSpan.FromSeconds(now)));
}
