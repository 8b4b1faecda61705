using HaProxyNet.Health;
using HaProxyNet.State;

namespace HaProxyNet.Tests.Health;

public sealed class HealthMachineTests
{
    private static readonly DestinationCondition _up = DestinationCondition.Initial(1);
    private static readonly DestinationCondition _down = new(DestinationStatus.Down, "refused", 5, 3);
    private static readonly Evidence _refused = Evidence.Failed("refused", TimeSpan.Zero);

    [Fact]
    public void Next_UpAndAccepted_TheSameInstance() => Assert.Same(_up, HealthMachine.Next(_up, Evidence.Accepted, 10));

    [Theory]
    [InlineData("refused")]
    [InlineData("reset")]
    [InlineData("unreachable")]
    [InlineData("timeout")]
    [InlineData("unresolved")]
    public void Next_UpAndFailedOnce_DownAtOnce(string reason)
        => Assert.Equal(new(DestinationStatus.Down, reason, 10, 1), HealthMachine.Next(_up, Evidence.Failed(reason, TimeSpan.Zero), 10));

    [Fact]
    public void Next_DownAndFailed_CountsAndKeepsSince()
        => Assert.Equal(new(DestinationStatus.Down, "timeout", 5, 4), HealthMachine.Next(_down, Evidence.Failed("timeout", TimeSpan.Zero), 10));

    [Fact]
    public void Next_DownAndAccepted_UpAtOnce()
        => Assert.Equal(new(DestinationStatus.Up, "connected", 10, 0), HealthMachine.Next(_down, Evidence.Accepted, 10));

    [Fact]
    public void Next_Unresolved_IsAFailure() => Assert.Equal(DestinationStatus.Down, HealthMachine.Next(_up, Evidence.Unresolved, 10).State);

    [Fact]
    public void Next_DownUpDown_BeginsToCountAgain()
    {
        var up = HealthMachine.Next(_down, Evidence.Accepted, 10);

        Assert.Equal(new(DestinationStatus.Down, "refused", 11, 1), HealthMachine.Next(up, _refused, 11));
    }
}
