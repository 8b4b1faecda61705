using HaProxyNet.Management.Scraping;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class LingeringTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Lingers_UntilTenMinutesAfterItsLastConnection()
    {
        var (lingering, removed) = (new Lingering(_time), new object());

        Assert.True(lingering.Lingers(removed, open: 1));
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.True(lingering.Lingers(removed, open: 1));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(lingering.Lingers(removed, open: 0));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(lingering.Lingers(removed, open: 0));
    }

    /// <summary>Removed, back, and removed again: scrapers have the same time as before.</summary>
    [Fact]
    public void Lingers_RemovedASecondTime_BeginsAnew()
    {
        var (lingering, removed) = (new Lingering(_time), new object());
        lingering.Lingers(removed, open: 0);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.False(lingering.Lingers(removed, open: 0));

        Assert.True(lingering.IsThere(removed));

        Assert.True(lingering.Lingers(removed, open: 0));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(lingering.Lingers(removed, open: 0));
    }
}
