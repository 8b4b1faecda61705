using System.Globalization;

namespace HaProxyNet.Telemetry.Inherited;

/// <summary>Walks Prometheus' text line by line, without a copy: the text of a large configuration has tens of megabytes.</summary>
internal ref struct ScrapeText(ReadOnlySpan<byte> text)
{
    /// <summary>Counted since the start by definition; the runtime's and the system's have other names.</summary>
    private static ReadOnlySpan<byte> SinceStart => "haproxynet_managed_allocated_bytes_total"u8;

    private static ReadOnlySpan<byte> TypeMark => "# TYPE "u8;

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>The line, with its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>The family that the line belongs to; empty before its type is known.</summary>
    public ReadOnlySpan<byte> Family { get; private set; }

    /// <summary>Whether its family goes on in the next process: it is ours, and counts.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Whether the line is the first one of a family.</summary>
    public readonly bool BeginsFamily => Line.StartsWith("# HELP "u8);

    /// <summary>Whether the line is a count of a family that goes on.</summary>
    public readonly bool IsCount => GoesOn && Line[0] is not ((byte)'#' or (byte)'\n') && Space > 0;

    /// <summary>The name and the labels of a count.</summary>
    public readonly ReadOnlySpan<byte> Series => Line[..Space];

    /// <summary>The value of a count; 0 where it is no number.</summary>
    public readonly double Value
        => double.TryParse(Line[(Space + 1)..].TrimEnd((byte)'\n'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;

    private readonly int Space => Line.LastIndexOf((byte)' ');

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var end = _rest.IndexOf((byte)'\n');
        Line = end < 0 ? _rest : _rest[..(end + 1)];
        _rest = _rest[Line.Length..];
        if (BeginsFamily)
        {
            Family = [];
            GoesOn = false;
        }
        else if (Line.StartsWith(TypeMark))
        {
            ReadType(Line[TypeMark.Length..].TrimEnd((byte)'\n'));
        }

        return true;
    }

    private void ReadType(ReadOnlySpan<byte> words)
    {
        var space = words.IndexOf((byte)' ');
        Family = space < 0 ? words : words[..space];
        var type = space < 0 ? [] : words[(space + 1)..];
        GoesOn = Family.StartsWith("haproxynet_"u8)
            && !Family.SequenceEqual(SinceStart)
            && (type.SequenceEqual("counter"u8) || type.SequenceEqual("histogram"u8));
    }
}
