using HaProxyNet.Server.Running;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Server.Running;

public sealed class UnobservedFaultsTests
{
    [Fact]
    public void OnUnobserved_IsCountedAndObserved()
    {
        var faults = new InternalFaults();
        using var unobserved = new UnobservedFaults(faults);
        var fault = new UnobservedTaskExceptionEventArgs(new AggregateException(new InvalidOperationException("odd.")));

        unobserved.OnUnobserved(this, fault);

        Assert.True(fault.Observed);
        Assert.Equal(1, faults[FaultPlace.Background]);
    }
}
