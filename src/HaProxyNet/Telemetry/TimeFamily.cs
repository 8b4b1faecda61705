using System.Diagnostics.Metrics;

namespace HaProxyNet.Telemetry;

/// <summary>
/// Times as a histogram of Prometheus, and as an instrument of <c>System.Diagnostics.Metrics</c>, which costs one look while nothing
/// listens.
/// </summary>
/// <param name="scraped">The histogram.</param>
/// <param name="instrument">The instrument; null: there is none.</param>
internal sealed class TimeFamily(Prometheus.Histogram scraped, Histogram<double>? instrument)
{
    /// <summary>The histogram that is scraped.</summary>
    public Prometheus.Histogram Scraped => scraped;

    /// <summary>The instrument; null: there is none.</summary>
    public Histogram<double>? Instrument => instrument;

    /// <summary>The series with these values of its labels.</summary>
    public TimeSeries Of(params string[] values)
        => new(
            scraped.WithLabels(values), instrument, [.. scraped.LabelNames.Zip(values, (name, value) => InstrumentTags.Of(name, value))]);
}
