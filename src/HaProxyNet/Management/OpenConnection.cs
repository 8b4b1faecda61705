using System.Collections;
using HaProxyNet.Lines;
using HaProxyNet.Transport;

namespace HaProxyNet.Management;

/// <summary>A line of a connection that goes on, as a log event's state: the one at its start, and those while it lasts.</summary>
internal readonly struct OpenConnection : IReadOnlyCollection<KeyValuePair<string, object?>>, IFieldSource
{
    /// <summary>The number that the connection's other lines have as well.</summary>
    public required ConnectionNumber Connection { get; init; }

    public required string Listener { get; init; }

    public required PeerAddress Client { get; init; }

    public required string Cluster { get; init; }

    public required string Destination { get; init; }

    public required int Attempts { get; init; }

    public required string Reason { get; init; }

    public required LoggedMilliseconds ConnectMs { get; init; }

    /// <summary>How long ago the client was accepted.</summary>
    public required LoggedMilliseconds DurationMs { get; init; }

    public required long BytesIn { get; init; }

    public required long BytesOut { get; init; }

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
        writer.Add("listener"u8, Listener);
        writer.Add("client"u8, Client);
        writer.Add("cluster"u8, Cluster);
        writer.Add("destination"u8, Destination);
        writer.Add("attempts"u8, Attempts);
        writer.Add("reason"u8, Reason);
        writer.Add("connect_ms"u8, ConnectMs);
        writer.Add("duration_ms"u8, DurationMs);
        writer.Add("bytes_in"u8, BytesIn);
        writer.Add("bytes_out"u8, BytesOut);
        writer.Add("quiet_ms"u8, QuietMs);
        writer.Add("state"u8, IsStart ? "started" : "open");
        writer.Add("connection"u8, Connection);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => FieldList.Of(this).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => FieldText.Of(this);
}
