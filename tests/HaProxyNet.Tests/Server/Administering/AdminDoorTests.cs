using System.Net;
using HaProxyNet.Server.Administering;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Server.Administering;

public sealed class AdminDoorTests
{
    private readonly AdminDoor _door = new(most: 4, mostOfOneSite: 2, TimeProvider.System);

    [Fact]
    public void Enter_RoomLeft_NobodyLeaves()
    {
        Assert.Null(_door.Enter(Guest("10.0.0.1", 1)));
        Assert.Null(_door.Enter(Guest("10.0.0.1", 2)));
        Assert.Equal(2, _door.Count);
    }

    [Fact]
    public void Enter_TooManyOfOneAddress_TheOneThatWasSilentLongestLeaves()
    {
        var (silent, busy) = (Guest("10.0.0.1", 1), Guest("10.0.0.1", 2));
        _door.Enter(Guest("10.0.0.2", 0));
        _door.Enter(silent);
        _door.Enter(busy);

        Assert.Same(silent, _door.Enter(Guest("10.0.0.1", 3)));
        Assert.Equal(3, _door.Count);
    }

    /// <summary>A machine has as many IPv6 addresses as it likes, in its /64.</summary>
    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2", "2001:db8::3", true)]
    [InlineData("2001:db8::1", "2001:db8::2", "2001:db8:0:1::3", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", "10.0.0.1", true)]
    public void Enter_SeveralAddresses_CountedTogetherInOneSite(string first, string second, string third, bool isOneSite)
    {
        var silent = Guest(first, 1);
        _door.Enter(silent);
        _door.Enter(Guest(second, 2));

        Assert.Equal(isOneSite ? silent : null, _door.Enter(Guest(third, 3)));
    }

    [Fact]
    public void Enter_TooManyInAll_TheOneThatWasSilentLongestLeaves()
    {
        var silent = Guest("10.0.0.9", 1);
        _door.Enter(silent);
        for (var i = 2; i <= 4; i++)
        {
            _door.Enter(Guest($"10.0.0.{i}", i));
        }

        Assert.Same(silent, _door.Enter(Guest("10.0.0.10", 10)));
        Assert.Equal(4, _door.Count);
    }

    [Fact]
    public async Task Pace_SecondRequestOfAConnection_WaitsForItsTurn()
    {
        var time = new FakeTimeProvider();
        var door = new AdminDoor(most: 4, mostOfOneSite: 4, time);
        var guest = Guest("10.0.0.1", time.GetTimestamp());
        door.Enter(guest);
        var http = new DefaultHttpContext();
        http.Features.Set(guest);
        var answered = 0;
        Task Answer(HttpContext context) => Task.FromResult(answered++);

        await door.PaceAsync(http, Answer);
        var second = door.PaceAsync(http, Answer);

        Assert.Equal(1, answered);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await second;
        Assert.Equal(2, answered);
    }

    private static AdminGuest Guest(string address, long lastRequest)
        => new(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) }, lastRequest);
}
