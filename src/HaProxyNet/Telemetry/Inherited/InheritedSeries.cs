using System.Text;

namespace HaProxyNet.Telemetry.Inherited;

/// <summary>A series of the process before.</summary>
internal sealed class InheritedSeries(byte[] name, double value)
{
    /// <summary>Its name and labels, as Prometheus' text has them.</summary>
    public byte[] Name => name;

    public double Value => value;

    /// <summary>What it is about; empty: the process itself.</summary>
    public SeriesOwner[] Owners { get; } = SeriesOwner.Of(Encoding.UTF8.GetString(name));

    /// <summary>The scrape that has it already.</summary>
    public int Round { get; set; }
}
