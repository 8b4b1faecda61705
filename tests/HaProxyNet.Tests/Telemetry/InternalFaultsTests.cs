using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Telemetry;

public sealed class InternalFaultsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<InternalFaults> _log = new();

    [Fact]
    public void Places_EachHasALabelAndASentence_NoLabelTwice()
    {
        Assert.Equal(FaultPlaces.All.Count, FaultPlaces.All.Select(p => p.Label()).Distinct().Count());
        Assert.All(FaultPlaces.All, p => Assert.DoesNotContain('.', p.Consequence()));
    }

    [Fact]
    public void Report_FaultOfTheCode_CountedAndLoggedWithItsTrace()
    {
        var faults = Faults();

        faults.Report(FaultPlace.Probe, new InvalidOperationException("odd."));

        Assert.Equal((1L, 0L), (faults[FaultPlace.Probe], faults[FaultPlace.Reload]));
        var line = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Equal(EventIds.InternalFault, line.Id.Id);
        Assert.StartsWith("Fault of the proxy itself in probe: odd. One probe has no result", line.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(line.Exception);
    }

    [Fact]
    public void Report_WhatADiskCanDo_LoggedWithoutATrace()
    {
        Faults().Report(FaultPlace.Reload, new IOException("disk full."));

        var line = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Equal(EventIds.ForeseeableFault, line.Id.Id);
        Assert.Contains("disk full. The running configuration stays.", line.Message, StringComparison.Ordinal);
        Assert.Null(line.Exception);
    }

    [Fact]
    public void Report_ManyAMinute_OneLineAPlaceAndTheRestAsANumber()
    {
        var faults = Faults();

        for (var i = 0; i < 100; i++)
        {
            faults.Report(FaultPlace.Probe, new InvalidOperationException("odd."));
        }

        faults.Report(FaultPlace.Names, new InvalidOperationException("odd."));
        Assert.Equal((100L, 2), (faults[FaultPlace.Probe], _log.Collector.Count));
        _time.Advance(TimeSpan.FromMinutes(2));
        faults.Report(FaultPlace.Probe, new InvalidOperationException("odd."));
        Assert.Contains("99 more since the last such line", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_LogThrows_CountedAndNothingThrown()
    {
        var faults = new InternalFaults(new FailingLogger(), _time);

        faults.Report(FaultPlace.Probe, new InvalidOperationException("odd."));

        Assert.Equal((1L, 1L), (faults[FaultPlace.Probe], faults[FaultPlace.Log]));
    }

    [Fact]
    public async Task Contain_WorkThrows_CountedAndNothingThrown()
    {
        var faults = Faults();

        faults.Contain(FaultPlace.Probe, static _ => throw new InvalidOperationException("odd."), 0);
        await faults.ContainAsync(FaultPlace.Probe, static _ => Task.FromException(new InvalidOperationException("odd.")), 0);
        faults.Injection = static _ => throw new InvalidOperationException("injected.");
        faults.Contain(FaultPlace.Names, static _ => { }, 0);
        await faults.ContainAsync(FaultPlace.Names, static _ => Task.CompletedTask, 0);

        Assert.Equal((2L, 2L), (faults[FaultPlace.Probe], faults[FaultPlace.Names]));
    }

    private InternalFaults Faults() => new(_log, _time);

    private sealed class FailingLogger : ILogger<InternalFaults>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
            => throw new IOException("The log is closed.");
    }
}
