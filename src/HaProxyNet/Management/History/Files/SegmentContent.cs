using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Files;

/// <summary>What a history file says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Records">The records that are whole, in the file's order.</param>
/// <param name="Damaged">Lines that are not what was written. The last one, when it was cut, is not among them: that is how a killed
/// process ends.</param>
/// <param name="End">Where its last whole line ends.</param>
internal sealed record SegmentContent(SegmentKind Kind, IReadOnlyList<HistoryRecord> Records, int Damaged, long End)
{
    /// <summary>A writer may go on where it ends.</summary>
    public bool IsSound => Kind is SegmentKind.Known && Damaged == 0 && End > 0;

    /// <summary>The place of the last record that may be in it.</summary>
    public long Last(long first) => Math.Max(first, Records.Count == 0 ? 0 : Records.Max(r => r.Seq)) + Damaged;

    /// <summary>Reads the bytes of a file. Pure; never throws.</summary>
    public static SegmentContent Of(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(SegmentLine.Header))
        {
            // A process that was killed while it wrote the first line.
            var isCut = SegmentLine.Header.StartsWith(bytes);
            return new(
                isCut ? SegmentKind.Known : bytes.StartsWith(SegmentLine.Family) ? SegmentKind.Newer : SegmentKind.Foreign, [], 0, 0);
        }

        var (records, damaged) = (new List<HistoryRecord>(), 0);
        var rest = bytes[SegmentLine.Header.Length..];
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            if (SegmentLine.Decode(rest[..end]) is { } record)
            {
                records.Add(record);
            }
            else if (end > 0)
            {
                damaged++;
            }

            rest = rest[(end + 1)..];
        }

        return new(SegmentKind.Known, records, damaged, bytes.Length - rest.Length);
    }
}
