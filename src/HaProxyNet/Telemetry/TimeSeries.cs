using System.Diagnostics.Metrics;
using Prometheus;

namespace HaProxyNet.Telemetry;

/// <summary>One series of a <see cref="TimeFamily"/>. Any thread.</summary>
internal sealed class TimeSeries(IHistogram scraped, Histogram<double>? instrument, KeyValuePair<string, object?>[] tags)
{
    /// <summary>The series that is scraped.</summary>
    public IHistogram Scraped => scraped;

    /// <summary>Notes a time.</summary>
    public void Observe(TimeSpan took)
    {
        scraped.Observe(took.TotalSeconds);
        if (instrument is { Enabled: true })
        {
            instrument.Record(took.TotalSeconds, tags);
        }
    }
}
