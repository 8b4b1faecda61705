using System.Diagnostics.Metrics;
using HaProxyNet.Telemetry;
using Prometheus;

namespace HaProxyNet.Management.Instruments;

/// <summary>A family of Prometheus under its name in OpenTelemetry.</summary>
/// <param name="Name">The name of the instrument.</param>
/// <param name="Unit">The unit of its values, as UCUM writes it.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Family">The family.</param>
internal sealed record MappedInstrument(string Name, string Unit, InstrumentKind Kind, Collector Family)
{
    /// <summary>Whether there is anything to tell of; Prometheus' library does not say so of a family without labels.</summary>
    public Func<bool> IsThere { get; init; } = static () => true;

    /// <summary>Its values now.</summary>
    public Measurement<double>[] Read() => Family switch
    {
        _ when !IsThere() => [],
        Counter counter => Read(counter, counter.GetAllLabelValues(), values => counter.WithLabels(values).Value),
        Gauge gauge => Read(gauge, gauge.GetAllLabelValues(), values => gauge.WithLabels(values).Value),
        _ => [],
    };

    private static Measurement<double>[] Read(Collector family, IEnumerable<string[]> series, Func<string[], double> value)
        => [.. (family.LabelNames.Length == 0
            ? [[]]
            : series).Select(values => new Measurement<double>(value(values), Tags(family, values)))];

    /// <summary>A label that does not apply is empty in Prometheus, and not there in OpenTelemetry.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Tags(Collector family, string[] values)
        => family.LabelNames.Zip(values).Where(label => label.Second.Length > 0)
            .Select(label => InstrumentTags.Of(label.First, label.Second));
}
