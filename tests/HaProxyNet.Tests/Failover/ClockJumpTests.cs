using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Failover;

/// <summary>Somebody sets the machine's clock. Only the window, which is meant as a time of day, may notice.</summary>
public sealed class ClockJumpTests
{
    private static readonly Evidence _refused = Evidence.Failed(HealthReason.Refused, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void StableFor_ClockJumpsByDays_WaitsItsTime(int days)
    {
        using var world = World(FailbackMode.StableFor);
        FailOverAndRecover(world);

        world.Time.Jump(TimeSpan.FromDays(days));
        world.Pass(TimeSpan.FromSeconds(119.75));
        Assert.Equal("secondary", world.Active);
        world.Pass(TimeSpan.FromSeconds(0.25));

        Assert.Equal("primary", world.Active);
        Assert.Equal(TimeSpan.FromMinutes(2), world.Cluster.Active.OnSecondary);
    }

    [Theory]
    [InlineData(FailbackMode.Manual)]
    [InlineData(FailbackMode.Immediate)]
    [InlineData(FailbackMode.WhenIdle)]
    public void OtherModes_ClockJumpsByDays_NothingChanges(FailbackMode mode)
    {
        using var world = World(mode);
        FailOverAndRecover(world);
        var before = (world.Active, world.Cluster.Active.OnSecondary, Switches: world.Cluster.Active.Switches.Read().Sum(s => s.Count));

        foreach (var days in new[] { 400, -800 })
        {
            world.Time.Jump(TimeSpan.FromDays(days));
            world.See(world.Cluster, world.Cluster.Find("primary")!, Evidence.Accepted);
        }

        Assert.Equal(before, (world.Active, world.Cluster.Active.OnSecondary, world.Cluster.Active.Switches.Read().Sum(s => s.Count)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void HoldDown_ClockJumpsByDays_HoldsForItsTime(int days)
    {
        using var world = World(FailbackMode.Immediate);
        var primary = world.Cluster.Find("primary")!;
        FailOverAndRecover(world);
        world.See(world.Cluster, primary, _refused);
        world.See(world.Cluster, primary, Evidence.Accepted);

        world.Time.Jump(TimeSpan.FromDays(days));
        world.Pass(TimeSpan.FromSeconds(0.75));
        world.See(world.Cluster, primary, Evidence.Accepted);
        Assert.Equal((DestinationStatus.Down, "secondary"), (primary.Status, world.Active));
        world.Pass(TimeSpan.FromSeconds(0.25));
        world.See(world.Cluster, primary, Evidence.Accepted);

        Assert.Equal((DestinationStatus.Up, "primary"), (primary.Status, world.Active));
    }

    /// <summary>The test's clock begins at midnight.</summary>
    [Fact]
    public void Window_ClockJumpsIntoIt_GoesBackAtTheNextLook()
    {
        using var world = World(FailbackMode.Window);
        FailOverAndRecover(world);
        world.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("secondary", world.Active);

        world.Time.Jump(TimeSpan.FromHours(3));
        world.Pass(FailoverWorld.Tick);

        Assert.Equal("primary", world.Active);
    }

    private static FailoverWorld World(FailbackMode mode)
    {
        var options = new ProxyOptions();
        options.Clusters.Add("agents", new ClusterOptions
        {
            Destinations = [new() { Name = "primary", Address = "10.0.0.1:5050" }, new() { Name = "secondary", Address = "10.0.0.2:5050" }],
            Failback = { Mode = mode, Window = { From = "02:00", To = "04:00" } },
        });
        return new FailoverWorld(options);
    }

    private static void FailOverAndRecover(FailoverWorld world)
    {
        var primary = world.Cluster.Find("primary")!;
        world.See(world.Cluster, primary, _refused);
        Assert.Equal("secondary", world.Active);
        world.See(world.Cluster, primary, Evidence.Accepted);
        Assert.Equal(DestinationStatus.Up, primary.Status);
    }
}
