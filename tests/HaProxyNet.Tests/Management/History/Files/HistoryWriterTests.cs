using HaProxyNet.Control.Documents;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.History.Files;

/// <summary>
/// The files: a process goes on where the last one ended, and nothing that is there is overwritten or deleted before its time.
/// </summary>
public sealed class HistoryWriterTests : IDisposable
{
    private const long Room = 4 * HistoryWriter.SegmentSize;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public void Append_AfterARestart_GoesOnInTheSameFile()
    {
        Write("one", "two");
        Write("three");

        Assert.Equal([(1, "one"), (2, "two"), (3, "three")], Read());
        Assert.Single(_folder.History.Segments());
    }

    /// <summary>Killed at any byte of its last write: the next process reads and goes on.</summary>
    [Fact]
    public void Append_TheLastLineWasCut_GoesOnAfterTheLastWholeOne()
    {
        var random = new Random(17);
        var expected = new List<string>();
        for (var kill = 0; kill < 200; kill++)
        {
            Write($"whole {kill}");
            expected.Add($"whole {kill}");
            Write($"cut {kill}");
            var file = _folder.History.Segments()[^1];
            var line = SegmentLine.Encode(Record($"cut {kill}") with { Seq = HistoryFolder.Read(file.FullName).Records[^1].Seq }).Length;
            using var stream = file.OpenWrite();
            stream.SetLength(stream.Length - random.Next(1, line));
        }

        Assert.Equal(expected, Read().Select(r => r.Text));
        Assert.Equal(Read().Select(r => r.Seq).Order(), Read().Select(r => r.Seq));
    }

    [Theory]
    [InlineData("haproxynet-history 2\n")]
    [InlineData("SQLite format 3\0")]
    [InlineData("haproxynet-history 1\n00000000 {}\n")]
    public void Open_TheNewestFileIsNotSound_NamesItAndBeginsAnother(string content)
    {
        Write("one");
        var faulty = Path.Combine(_folder.History.Path, "000000000007-000.history");
        File.WriteAllText(faulty, content);

        var named = Write("two");

        Assert.StartsWith("000000000007-000.history (", Assert.Single(named), StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(faulty));
        Assert.Equal(["one", "two"], Read().Select(r => r.Text));
        Assert.True(Read()[^1].Seq > 6);
    }

    [Fact]
    public void Append_AnotherProcessHoldsTheFolder_WritesAFileOfItsOwn()
    {
        using var first = NewWriter();
        first.Open();
        first.Append([Record("one")]);
        using var second = NewWriter();
        second.Open();
        second.Append([Record("two")]);
        first.Append([Record("three")]);

        Assert.Equal((true, false), (first.IsHolder, second.IsHolder));
        Assert.Equal(["one", "three", "two"], Read().Select(r => r.Text).Order());
        Assert.Equal(2, _folder.History.Segments().Count);
    }

    /// <summary>Two upgrades within a minute: the second process writes on while a third one finds the folder without its holder.</summary>
    [Fact]
    public void Append_HolderHasGoneAndAnotherWrites_TheThirdWritesAFileOfItsOwn()
    {
        var first = NewWriter();
        first.Open();
        first.Append([Record("one")]);
        using var second = NewWriter();
        second.Open();
        second.Append([Record("two")]);
        first.Dispose();

        using var third = NewWriter();
        third.Open();
        third.Append([Record("three")]);
        second.Append([Record("four")]);

        Assert.True(third.IsHolder);
        Assert.Equal(["four", "one", "three", "two"], Read().Select(r => r.Text).Order());
        Assert.Equal(3, _folder.History.Segments().Count);
    }

    [Fact]
    public void Append_NoRoomIsLeft_LetsTheOldestFileGo()
    {
        using var writer = NewWriter();
        writer.Open();
        var text = new string('x', 100_000);
        for (var i = 0; i < 100; i++)
        {
            writer.Append([Record(text)]);
        }

        Assert.InRange(_folder.History.Segments().Sum(f => f.Length), Room / 2, Room);
        Assert.Equal(100, Read()[^1].Seq);
        Assert.Equal(Read().Count, Read()[^1].Seq - Read()[0].Seq + 1);
    }

    /// <summary>A clock that is set forward by a year must not take the history with it.</summary>
    [Fact]
    public void Settle_TheClockIsAYearAhead_TakesOneFileAtMost()
    {
        for (var i = 0; i < 3; i++)
        {
            File.WriteAllBytes(
                Directory.CreateDirectory(_folder.History.Path).FullName + $"/00000000000{i + 1}-000.history",
                SegmentLine.Header.ToArray());
        }

        _time.SetUtcNow(_time.GetUtcNow().AddYears(1));
        using var writer = NewWriter();
        writer.Open();
        writer.Settle();
        writer.Settle();

        Assert.Equal(2, _folder.History.Segments().Count);
    }

    [Fact]
    public void Open_TheFolderIsAFile_Throws()
    {
        File.WriteAllText(_folder.History.Path, "");
        using var writer = NewWriter();

        Assert.Throws<UnauthorizedAccessException>(() =>
        {
            writer.Open();
            writer.Append([Record("one")]);
        });
    }

    public void Dispose() => _folder.Dispose();

    private HistoryWriter NewWriter() => new(_folder.History, () => Room, () => TimeSpan.FromDays(30), _time);

    private IReadOnlyList<string> Write(params string[] texts)
    {
        using var writer = NewWriter();
        var faulty = writer.Open();
        writer.Append([.. texts.Select(Record)]);
        return faulty;
    }

    private HistoryRecord Record(string text)
        => new(0, _time.GetUtcNow()) { Event = new StateEvent(_time.GetUtcNow(), "failover", "c", "d", null, text) };

    private List<(long Seq, string Text)> Read()
        => [.. HistoryReader.Read(_folder.History, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Records.Select(
            r => (r.Seq, r.Event!.Text))];
}
