using HaProxyNet.Server.Running;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Server.Running;

public sealed class SecondSignalTests
{
    [Fact]
    public void OnSignal_SecondOneAndLater_Hastens()
    {
        var count = 0;
        using var signal = new SecondSignal(() => { }, () => count++, new InternalFaults());

        signal.OnSignal();
        Assert.Equal(0, count);
        signal.OnSignal();
        signal.OnSignal();

        Assert.Equal(2, count);
    }

    /// <summary>Ctrl-C reaches the first process and this one: it comes twice and is meant once.</summary>
    [Fact]
    public void OnPassed_WhatHasComeDirectlyToo_BeginsTheEndAndIsOne()
    {
        var (ends, hastens) = (0, 0);
        using var signal = new SecondSignal(() => ends++, () => hastens++, new InternalFaults());

        signal.OnSignal();
        signal.OnPassed();
        Assert.Equal((1, 0), (ends, hastens));
        signal.OnPassed();

        Assert.Equal(1, hastens);
    }

    /// <summary>It is called by a thread of the runtime, where an exception would end the process.</summary>
    [Fact]
    public void OnSignal_SomethingThrows_CountedAndTheNextOneIsObeyed()
    {
        var (faults, count) = (new InternalFaults(), 0);
        using var signal = new SecondSignal(
            () => { },
            () =>
            {
                if (++count == 1)
                {
                    throw new InvalidTimeZoneException("injected");
                }
            },
            faults);

        signal.OnSignal();
        signal.OnSignal();
        signal.OnSignal();

        Assert.Equal((1L, 2), (faults[FaultPlace.Signal], count));
    }
}
