using CsCheck;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Tests.Management.History.Files;

/// <summary>The format: what was written is read, and what was cut or damaged is never read as something else.</summary>
public sealed class SegmentContentTests
{
    private static readonly DateTimeOffset _at = new(2026, 11, 30, 2, 14, 0, TimeSpan.Zero);

    private static readonly Gen<HistoryRecord[]> _records = Gen.Select(Gen.String, Gen.String, Gen.Long[0, long.MaxValue], Gen.Bool)
        .Select((text, name, number, isMinute) => isMinute
            ? new HistoryRecord(0, _at.AddSeconds(number % 100_000))
            {
                Minute = new(name) { FallThroughs = number, Destinations = [new(name) { Wait = [number, 2, 3] }] },
            }
            : new HistoryRecord(0, _at)
            {
                Event = new StateEvent(_at, "failover", name, null, text, text)
                {
                    Facts = new Dictionary<string, string> { ["by"] = text },
                },
            })
        .Array[0, 8]
        .Select(all => all.Select((r, i) => r with { Seq = i + 1 }).ToArray());

    [Fact]
    public void Of_AnyRecords_ReadsWhatWasWritten() => _records.Sample(records =>
    {
        var content = SegmentContent.Of(Write(records));

        Assert.Equal((SegmentKind.Known, 0), (content.Kind, content.Damaged));
        Assert.Equal(records.Select(Line), content.Records.Select(Line));
    });

    /// <summary>A killed process leaves a file that ends at any byte.</summary>
    [Fact]
    public void Of_CutAtAnyByte_ReadsEveryRecordBeforeTheCut() => _records.Sample(
        records =>
        {
            var bytes = Write(records);
            for (var length = 0; length <= bytes.Length; length++)
            {
                var cut = bytes.AsSpan(0, length);
                var content = SegmentContent.Of(cut);

                Assert.Equal((SegmentKind.Known, 0), (content.Kind, content.Damaged));
                Assert.Equal(Math.Max(0, cut.Count((byte)'\n') - 1), content.Records.Count);
                Assert.Equal(records.Take(content.Records.Count).Select(Line), content.Records.Select(Line));
                Assert.InRange(content.End, 0, length);
            }
        },
        iter: 20);

    [Fact]
    public void Of_OneByteIsChanged_LosesTheRecordsOfThatLineAtMost()
        => Gen.Select(_records, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample((records, place, change) =>
        {
            var bytes = Write(records);
            bytes[place % bytes.Length] ^= change;

            var content = SegmentContent.Of(bytes);

            if (content.Kind is SegmentKind.Known)
            {
                Assert.InRange(content.Records.Count, records.Length - 2, records.Length - (content.Damaged > 0 ? 1 : 0));
                Assert.Empty(content.Records.Select(Line).Except(records.Select(Line)));
            }
        });

    [Theory]
    [InlineData("haproxynet-history 2\nwhat this version cannot know\n", SegmentKind.Newer)]
    [InlineData("SQLite format 3\0", SegmentKind.Foreign)]
    [InlineData("", SegmentKind.Known)]
    [InlineData("haproxynet-hist", SegmentKind.Known)]
    public void Of_AnotherBeginning_IsTold(string text, object kind)
        => Assert.Equal(kind, SegmentContent.Of(System.Text.Encoding.UTF8.GetBytes(text)).Kind);

    [Fact]
    public void Of_AnyBytes_NeverThrows()
        => Gen.Byte.Array[0, 500].Sample(bytes => SegmentContent.Of([.. SegmentLine.Header, .. bytes]).Kind is SegmentKind.Known);

    private static byte[] Write(IEnumerable<HistoryRecord> records) => [.. SegmentLine.Header, .. records.SelectMany(SegmentLine.Encode)];

    private static string Line(HistoryRecord record) => System.Text.Encoding.UTF8.GetString(SegmentLine.Encode(record));
}
