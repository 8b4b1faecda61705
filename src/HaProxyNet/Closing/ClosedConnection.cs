using System.Collections;
using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Transport;

namespace HaProxyNet.Closing;

/// <summary>
/// The one line of a connection, as a log event's state: fields for structured logs, and a text that can be written into a buffer without a
/// string between. (The framework's generated log methods cost 1.4 KB a line, ten times what the connection itself takes.)
/// </summary>
internal readonly struct ClosedConnection() : IReadOnlyCollection<KeyValuePair<string, object?>>, IFieldSource
{
    public required ConnectionFields Fields { get; init; }

    public required string Outcome { get; init; }

    public required string ClosedBy { get; init; }

    /// <summary>The version of TLS; none where TLS is not looked at.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The server name of the client's hello; only together with <see cref="TlsVersion"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>The alert by which a peer has ended its TLS session; none as a rule.</summary>
    public string? TlsAlert { get; init; }

    /// <summary>The load balancer that has introduced the client by a PROXY header; null as a rule: the client is the peer.</summary>
    public PeerAddress? Peer { get; init; }

    /// <summary>
    /// Of the bytes in, those that the destination's system has acknowledged. Below zero: the end was in order, or nobody knows.
    /// </summary>
    public long AckedIn { get; init; } = -1;

    /// <summary>Of the bytes out, those that the client's system has acknowledged.</summary>
    public long AckedOut { get; init; } = -1;

    /// <summary>The number that the connection's other lines have as well.</summary>
    public ConnectionNumber Connection { get; init; }

    /// <summary>By what it was ended: a peer's FIN or reset, a time-out of the kernel's or the proxy's, a policy, an operator, …</summary>
    public string ClosedWith { get; init; } = "";

    /// <summary>Whether its listener has lines of connections that go on: then the text has what joins them to this one.</summary>
    public bool IsFollowed { get; init; }

    /// <inheritdoc/>
    public string Headline => "Connection closed";

    /// <summary>The fields and the template.</summary>
    public int Count => FieldList.Of(this).Count;

    private bool HasAcked => AckedIn >= 0;

    /// <inheritdoc/>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IFieldWriter, allows ref struct
    {
        Fields.WriteTo(ref writer);
        writer.Add("outcome"u8, Outcome);
        writer.Add("closed_by"u8, ClosedBy);
        if (TlsVersion is not null)
        {
            writer.Add("tls_version"u8, TlsVersion);
        }

        if (TlsVersion is not null && ServerName is not null)
        {
            writer.Add("sni"u8, ServerName);
        }

        if (TlsAlert is not null)
        {
            writer.Add("tls_alert"u8, TlsAlert);
        }

        if (HasAcked)
        {
            writer.Add("acked_in"u8, AckedIn);
            writer.Add("acked_out"u8, AckedOut);
        }

        if (IsFollowed || writer.WantsEverything)
        {
            writer.Add("closed_with"u8, ClosedWith);
            writer.Add("connection"u8, Connection);
        }

        if (Peer is { } peer)
        {
            writer.Add("peer"u8, peer);
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => FieldList.Of(this).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => FieldText.Of(this);
}
