using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Unicode;

namespace HaProxyNet.Closing;

/// <summary>
/// The one line of a connection, as a log event's state: fields for structured logs, and a text that can be written into a buffer without a
/// string between. (The framework's generated log methods cost 1.4 KB a line, ten times what the connection itself takes.)
/// </summary>
internal readonly struct ClosedConnection() : IReadOnlyList<KeyValuePair<string, object?>>, IUtf8SpanFormattable
{
    /// <summary>Longer than any line whose names are of a usual length.</summary>
    private const int UsualLength = 512;

    /// <summary>The message as structured logs know it; the names are those of the fields.</summary>
    private const string Template =
        "listener={Listener} client={Client} cluster={Cluster} destination={Destination} attempts={Attempts} reason={Reason} "
        + "connect_ms={ConnectMs} duration_ms={DurationMs} bytes_in={BytesIn} bytes_out={BytesOut} outcome={Outcome} closed_by={ClosedBy}";

    private const string TemplateOfTls = Template + " tls_version={TlsVersion}";
    private const string TemplateWithName = TemplateOfTls + " sni={Sni}";
    private const string AlertPart = " tls_alert={TlsAlert}";
    private const string AckedPart = " acked_in={AckedIn} acked_out={AckedOut}";

    /// <summary>The fields that every connection has.</summary>
    private const int FixedFields = 12;

    public required string Listener { get; init; }

    public required IPEndPoint Client { get; init; }

    public required string Cluster { get; init; }

    public required string Destination { get; init; }

    public required int Attempts { get; init; }

    public required string Reason { get; init; }

    public required LoggedMilliseconds ConnectMs { get; init; }

    public required LoggedMilliseconds DurationMs { get; init; }

    public required long BytesIn { get; init; }

    public required long BytesOut { get; init; }

    public required string Outcome { get; init; }

    public required string ClosedBy { get; init; }

    /// <summary>The version of TLS; none where TLS is not looked at.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The server name of the client's hello; only together with <see cref="TlsVersion"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>The alert by which a peer has ended its TLS session; none as a rule.</summary>
    public string? TlsAlert { get; init; }

    /// <summary>Of the bytes in, those that the destination's system has acknowledged. Below zero: the end was in order, or nobody knows.</summary>
    public long AckedIn { get; init; } = -1;

    /// <summary>Of the bytes out, those that the client's system has acknowledged.</summary>
    public long AckedOut { get; init; } = -1;

    /// <summary>The fields and the template.</summary>
    public int Count => KnownFields + (HasAcked ? 2 : 0) + 1;

    private bool HasAcked => AckedIn >= 0;

    private int KnownFields => FixedFields + TlsFields + (TlsAlert is null ? 0 : 1);

    private string TemplateOfFields => TlsFields switch
    {
        0 => TlsAlert is null ? Template : Template + AlertPart,
        1 => TlsAlert is null ? TemplateOfTls : TemplateOfTls + AlertPart,
        _ => TlsAlert is null ? TemplateWithName : TemplateWithName + AlertPart,
    };

    private int TlsFields => TlsVersion is null ? 0 : ServerName is null ? 1 : 2;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(nameof(Listener), Listener),
        1 => new(nameof(Client), Client.ToString()),
        2 => new(nameof(Cluster), Cluster),
        3 => new(nameof(Destination), Destination),
        4 => new(nameof(Attempts), Attempts),
        5 => new(nameof(Reason), Reason),
        6 => new(nameof(ConnectMs), ConnectMs.Value),
        7 => new(nameof(DurationMs), DurationMs.Value),
        8 => new(nameof(BytesIn), BytesIn),
        9 => new(nameof(BytesOut), BytesOut),
        10 => new(nameof(Outcome), Outcome),
        11 => new(nameof(ClosedBy), ClosedBy),
        _ when index == Count - 1 => new("{OriginalFormat}", HasAcked ? TemplateOfFields + AckedPart : TemplateOfFields),
        _ when index == KnownFields => new(nameof(AckedIn), AckedIn),
        _ when index == KnownFields + 1 => new(nameof(AckedOut), AckedOut),
        _ when index == FixedFields + TlsFields => new(nameof(TlsAlert), TlsAlert),
        12 => new(nameof(TlsVersion), TlsVersion),
        13 => new("Sni", ServerName),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var isBracketed = Client.Address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6;
        if (!Utf8.TryWrite(
            utf8Destination,
            CultureInfo.InvariantCulture,
            $"listener={Listener} client={(isBracketed ? "[" : "")}{Client.Address}{(isBracketed ? "]:" : ":")}{Client.Port} cluster={Cluster} destination={Destination} attempts={Attempts} reason={Reason} connect_ms={ConnectMs} duration_ms={DurationMs} bytes_in={BytesIn} bytes_out={BytesOut} outcome={Outcome} closed_by={ClosedBy}",
            out bytesWritten))
        {
            return false;
        }

        var tlsBytes = 0;
        var isWritten = TlsFields switch
        {
            0 => true,
            1 => Utf8.TryWrite(utf8Destination[bytesWritten..], $" tls_version={TlsVersion}", out tlsBytes),
            _ => Utf8.TryWrite(utf8Destination[bytesWritten..], $" tls_version={TlsVersion} sni={ServerName}", out tlsBytes),
        };
        bytesWritten += tlsBytes;
        if (isWritten && TlsAlert is not null)
        {
            isWritten = Utf8.TryWrite(utf8Destination[bytesWritten..], $" tls_alert={TlsAlert}", out var alertBytes);
            bytesWritten += alertBytes;
        }

        if (isWritten && HasAcked)
        {
            isWritten = Utf8.TryWrite(utf8Destination[bytesWritten..], $" acked_in={AckedIn} acked_out={AckedOut}", out var ackedBytes);
            bytesWritten += ackedBytes;
        }

        return isWritten;
    }

    public override string ToString()
    {
        for (var length = UsualLength; ; length *= 2)
        {
            var text = new byte[length];
            if (TryFormat(text, out var written, default, provider: null))
            {
                return System.Text.Encoding.UTF8.GetString(text, 0, written);
            }
        }
    }
}
