using HaProxyNet.Lines;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connections;

/// <summary>The fields that every line about one connection begins with.</summary>
internal readonly struct ConnectionFields
{
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

    /// <summary>Those of a connection, at this moment.</summary>
    public static ConnectionFields Of(ProxyConnection connection, TimeProvider time, long now, long bytesIn, long bytesOut)
    {
        var (accepted, connected) = (connection.AcceptedAt, connection.ConnectedAt);
        return new ConnectionFields
        {
            Listener = connection.Listener.Name,
            Client = connection.ClientAddress,
            Cluster = connection.Cluster?.Name ?? "",
            Destination = connection.Destination?.Name ?? "",
            Attempts = connection.Attempts,
            Reason = connection.Reason.Label(),
            ConnectMs = LoggedMilliseconds.Between(accepted, connected == 0 ? accepted : connected, time),
            DurationMs = LoggedMilliseconds.Between(accepted, now, time),
            BytesIn = bytesIn,
            BytesOut = bytesOut,
        };
    }

    /// <summary>Writes them, in the order of the line.</summary>
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
    }
}
