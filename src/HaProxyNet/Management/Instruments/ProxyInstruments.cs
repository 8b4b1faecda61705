using System.Diagnostics.Metrics;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Instruments;

/// <summary>
/// The families of <see cref="ProxyMetrics"/> as instruments of <c>System.Diagnostics.Metrics</c>, for OpenTelemetry. They count nothing:
/// when a listener asks, each says what a scrape would say. Of this process only: OpenTelemetry knows when a process began to count. Any
/// thread.
/// </summary>
internal sealed class ProxyInstruments
{
    private readonly ProxyMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private Dictionary<string, Measurement<double>[]> _round = new(StringComparer.Ordinal);

    public ProxyInstruments(ProxyMetrics metrics)
    {
        _metrics = metrics;
        if (metrics.Meter is not { } meter)
        {
            return;
        }

        foreach (var instrument in InstrumentMap.Of(metrics))
        {
            var (name, unit, help) = (instrument.Name, instrument.Unit, instrument.Family.Help);
            _ = instrument.Kind switch
            {
                InstrumentKind.Counter => meter.CreateObservableCounter(name, () => Read(name), unit, help),
                InstrumentKind.UpDownCounter => meter.CreateObservableUpDownCounter(name, () => Read(name), unit, help),
                _ => (object)meter.CreateObservableGauge(name, () => Read(name), unit, help),
            };
        }
    }

    /// <summary>
    /// A listener asks each instrument in turn: one copy of the counters serves them all, and the next begins when one is asked again.
    /// </summary>
    private Measurement<double>[] Read(string name)
    {
        lock (_gate)
        {
            if (_round.Count == 0 || !_answered.Add(name))
            {
                _answered.Clear();
                _answered.Add(name);
                _round = _metrics.Read(
                    () => InstrumentMap.Of(_metrics).ToDictionary(one => one.Name, one => one.Read(), StringComparer.Ordinal));
            }

            return _round[name];
        }
    }
}
