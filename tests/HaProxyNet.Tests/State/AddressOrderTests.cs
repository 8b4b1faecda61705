using System.Net;
using HaProxyNet.State;

namespace HaProxyNet.Tests.State;

public sealed class AddressOrderTests
{
    private static readonly IPEndPoint[] _three =
        [.. Enumerable.Range(1, 3).Select(i => new IPEndPoint(IPAddress.Parse($"192.0.2.{i}"), 5050))];

    [Theory]
    [InlineData(null, "1 2 3")]
    [InlineData(1, "1 2 3")]
    [InlineData(2, "2 1 3")]
    [InlineData(3, "3 1 2")]
    [InlineData(9, "1 2 3")]
    public void Of_PreferredAddress_IsFirstAndEachIsTriedOnce(int? preferred, string expected)
    {
        var order = new AddressOrder(_three, preferred is null ? null : new IPEndPoint(IPAddress.Parse($"192.0.2.{preferred}"), 5050));

        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, order.Count).Select(i => order[i].Address.ToString().Split('.')[3])));
    }

    [Theory]
    [InlineData(0, 250)]
    [InlineData(25, 25)]
    [InlineData(400, 250)]
    public void DelayBefore_Hedge_NeverLongerThanTheAttemptDelay(double hedge, double expected)
        => Assert.Equal(expected, AddressOrder.DelayBefore(TimeSpan.FromMilliseconds(hedge)).TotalMilliseconds);
}
