using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using HaProxyNet.Management.Instruments;
using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Architecture;
using HaProxyNet.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.Tests.Management.Instruments;

/// <summary>The instruments say what a scrape says, under the names of docs/opentelemetry.md.</summary>
public sealed partial class ProxyInstrumentsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ProxyMetrics _metrics;
    private readonly List<(string Instrument, double Value, string Tags)> _read = [];

    public ProxyInstrumentsTests()
    {
        _metrics = new(_services.GetRequiredService<IMeterFactory>());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests have proxies of their own.
            if (ReferenceEquals(instrument.Meter, _metrics.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            _read.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void EveryFamily_IsOneInstrument()
    {
        var mapped = InstrumentMap.Of(_metrics).Select(one => one.Family.Name)
            .Concat([_metrics.ConnectSeconds.Scraped.Name, _metrics.Detection.Scraped.Name]).Order(StringComparer.Ordinal);

        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere those of descriptors are missing");
        Assert.Equal(_metrics.Families().Select(family => family.Name).Order(StringComparer.Ordinal), mapped);
    }

    [Fact]
    public void EveryInstrument_HasItsRowInTheDocumentation()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere those of descriptors are missing");
        var rows = Row().Matches(File.ReadAllText(Path.Combine(SourceFile.Root(), "docs", "opentelemetry.md")))
            .Select(row => (row.Groups["name"].Value, row.Groups["kind"].Value, row.Groups["unit"].Value, row.Groups["family"].Value));

        var expected = InstrumentMap.Of(_metrics)
            .Select(one => (one.Name["haproxynet.".Length..], Words(one.Kind), one.Unit, one.Family.Name["haproxynet_".Length..]))
                .Concat(((TimeFamily[])[_metrics.ConnectSeconds, _metrics.Detection]).Select(times =>
                    (times.Instrument!.Name["haproxynet.".Length..], "histogram", "s", times.Scraped.Name["haproxynet_".Length..])));
        Assert.Equal(expected.Order(), rows.Order());
    }

    [Fact]
    public void Asked_EachSaysWhatTheFamilySays()
    {
        _metrics.BeforeReading(() => _metrics.Failovers.WithLabels("c", "a", "b", "refused").IncTo(3));
        _metrics.Connections.WithLabels("front", "c", "", "no_destination").IncTo(2);
        _metrics.Active.WithLabels("front", "c", "a").Set(7);
        _ = new ProxyInstruments(_metrics);

        _listener.RecordObservableInstruments();

        Assert.Contains(
            ("haproxynet.cluster.failovers", 3, "haproxynet.cluster=c haproxynet.from=a haproxynet.to=b haproxynet.reason=refused"), _read);
        Assert.Contains(
            ("haproxynet.connection.ended", 2, "haproxynet.listener=front haproxynet.cluster=c haproxynet.outcome=no_destination"), _read);
        Assert.Contains(
            ("haproxynet.connection.active", 7, "haproxynet.listener=front haproxynet.cluster=c haproxynet.destination=a"), _read);
    }

    [Fact]
    public void AskedAgain_TheFamiliesAreCopiedOnceARound()
    {
        var rounds = 0;
        _metrics.BeforeReading(() => _metrics.Allocated.IncTo(++rounds));
        _ = new ProxyInstruments(_metrics);

        _listener.RecordObservableInstruments();
        _listener.RecordObservableInstruments();

        Assert.Equal(2, rounds);
        Assert.Equal([1, 2], _read.Where(one => one.Instrument == "haproxynet.memory.allocated").Select(one => one.Value));
    }

    [Fact]
    public void SeriesIsGone_ItIsNotToldAnyMore()
    {
        _metrics.Active.WithLabels("front", "c", "a").Set(1);
        _ = new ProxyInstruments(_metrics);
        _listener.RecordObservableInstruments();
        _metrics.Active.RemoveLabelled("front", "c", "a");
        _read.Clear();

        _listener.RecordObservableInstruments();

        Assert.DoesNotContain(_read, one => one.Instrument == "haproxynet.connection.active");
    }

    [Fact]
    public void Connected_TheTimeIsInBothHistograms()
    {
        _metrics.ConnectsOf("c", "a").Connected(TimeSpan.FromSeconds(2));

        Assert.Equal([("haproxynet.connect.duration", 2, "haproxynet.cluster=c haproxynet.destination=a")], _read);
        Assert.Equal(1, _metrics.ConnectSeconds.Scraped.WithLabels("c", "a").Count);
    }

    private static string Words(InstrumentKind kind)
        => kind switch { InstrumentKind.Counter => "counter", InstrumentKind.UpDownCounter => "up-down counter", _ => "gauge" };

    [GeneratedRegex(
        @"^\| `(?<name>[a-z_.]+)` \| (?<kind>[a-z -]+) \| `(?<unit>[^`]+)` \| `(?<family>[a-z_]+)` \|",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex Row();
}
