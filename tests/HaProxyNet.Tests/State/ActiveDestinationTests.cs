using HaProxyNet.State;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.State;

public sealed class ActiveDestinationTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly Destination _primary = Destinations.Create("primary");
    private readonly Destination _secondary = Destinations.Create("secondary", preference: 1);
    private readonly ActiveDestination _active;

    public ActiveDestinationTests() => _active = new ActiveDestination(_time);

    [Fact]
    public void Begin_FirstDestination_IsNoSwitch()
    {
        _active.Begin(_primary);

        Assert.Same(_primary, _active.Current);
        Assert.Null(_active.LastSwitch);
        Assert.Empty(_active.Switches.Read());
    }

    [Fact]
    public void Switch_ThereAndBack_CountsEachWithItsReason()
    {
        _active.Begin(_primary);

        _active.Switch(_secondary, "refused");
        _active.Switch(null, "timeout");
        _active.Switch(_primary, "connected");
        _active.Switch(_secondary, "refused");

        Assert.Equal(
            [("none", "primary", "connected", 1L), ("primary", "secondary", "refused", 2L), ("secondary", "none", "timeout", 1L)],
            _active.Switches.Read().Order());
    }

    [Fact]
    public void LastSwitch_AfterSwitch_IsThatMoment()
    {
        _active.Begin(_primary);
        _time.Advance(TimeSpan.FromMinutes(5));

        _active.Switch(_secondary, "refused");
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 9, 5, TimeSpan.Zero), _active.LastSwitch);
    }

    [Fact]
    public void OnSecondary_GrowsOnlyWhileAnotherThanTheFirstIsActive()
    {
        _active.Begin(_primary);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _active.OnSecondary);

        _active.Switch(_secondary, "refused");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(10), _active.OnSecondary);

        _active.Switch(null, "refused");
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(TimeSpan.FromSeconds(10), _active.OnSecondary);

        _active.Switch(_secondary, "connected");
        _time.Advance(TimeSpan.FromSeconds(5));
        _active.Switch(_primary, "connected");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromSeconds(15), _active.OnSecondary);
    }
}
