using System.Collections;
using HaProxyNet.Connections;
using HaProxyNet.Lines;

namespace HaProxyNet.Management;

/// <summary>A line of a connection that goes on, as a log event's state: the one at its start, and those while it lasts.</summary>
internal readonly struct OpenConnection : IReadOnlyCollection<KeyValuePair<string, object?>>, IFieldSource
{
    /// <summary>The number that the connection's other lines have as well.</summary>
    public required ConnectionNumber Connection { get; init; }

    public required ConnectionFields Fields { get; init; }

    /// <summary>For how long no byte has passed.</summary>
    public required LoggedMilliseconds QuietMs { get; init; }

    /// <summary>Whether this is the line at the start.</summary>
    public required bool IsStart { get; init; }

    /// <inheritdoc/>
    public string Headline => IsStart ? "Connection started" : "Connection open";

    /// <summary>The fields and the template.</summary>
    public int Count => FieldList.Of(this).Count;

    /// <inheritdoc/>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IFieldWriter, allows ref struct
    {
        Fields.WriteTo(ref writer);
        writer.Add("quiet_ms"u8, QuietMs);
        writer.Add("state"u8, IsStart ? "started" : "open");
        writer.Add("connection"u8, Connection);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => FieldList.Of(this).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => FieldText.Of(this);
}
