using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Server.Logging.Outputs;

/// <summary>journald, as a datagram socket of the test's own.</summary>
public sealed class DatagramOutputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-");
    private readonly ManualResetEvent _closing = new(initialState: false);
    private readonly FakeTimeProvider _time = new();
    private readonly LogLosses _losses = new();
    private readonly List<string> _said = [];

    public DatagramOutputTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "datagrams over Unix sockets are Linux's");

    private string Path => System.IO.Path.Combine(_folder.FullName, "socket");

    [Fact]
    public void Journal_EachEventIsOneDatagram()
    {
        using var journald = new DatagramReceiver(Path);
        using (var provider = Open())
        {
            var logger = provider.CreateLogger("Some.Category");
            logger.LogWarning(12, "Failover in {Cluster}.", "agents");
            logger.LogInformation("second");
        }

        Assert.Equal("PRIORITY=4\nSYSLOG_IDENTIFIER=haproxynet\nHAPROXYNET_EVENT=12\nHAPROXYNET_CATEGORY=Some.Category\nMESSAGE=Failover "
            + "in agents.\nHAPROXYNET_CLUSTER=agents\n", journald.Receive());
        Assert.EndsWith("MESSAGE=second\n", journald.Receive(), StringComparison.Ordinal);
    }

    /// <summary>Between two that are short, so that the order and the socket survive it.</summary>
    [Fact]
    public void Journal_EventsThatNoDatagramHolds_ComeAsFilesThatNobodyCanChange()
    {
        var text = new string('ä', 150_000);
        using var journald = new DatagramReceiver(Path);
        using (var provider = Open())
        {
            var logger = provider.CreateLogger("C");
            logger.LogError("first");
            logger.LogError("{Text}", text);
            logger.LogError("{Text}", text + "2");
            logger.LogError("last");
        }

        Assert.EndsWith("MESSAGE=first\n", journald.Receive(), StringComparison.Ordinal);
        var (entry, canBeChanged) = journald.ReceiveFile();
        Assert.EndsWith($"\nMESSAGE={text}\nHAPROXYNET_TEXT={text}\n", entry, StringComparison.Ordinal);
        Assert.False(canBeChanged);
        Assert.Contains($"\nMESSAGE={text}2\n", journald.ReceiveFile().Text, StringComparison.Ordinal);
        Assert.EndsWith("MESSAGE=last\n", journald.Receive(), StringComparison.Ordinal);
        Assert.Equal(0, _losses[LogOutput.Journal]);
    }

    [Fact]
    public void Write_NoDatagramHoldsItAndThereIsNoOtherWay_IsLostAndTheNextOneIsNot()
    {
        using var receiver = new DatagramReceiver(Path);
        using var output = Output();

        Assert.Equal(1, output.Write(SampleRecords.Batch(new string('x', 3_000_000), "next"), _closing));

        Assert.Equal("next", receiver.Receive());
    }

    [Fact]
    public void Journal_SocketIsMissing_TextOnStandardOutputAndOneWarning()
    {
        using var output = new MemoryStream();
        using (var provider = MainLogProvider.Open(LogFormat.Journal, TextStyle.Systemd, () => output, Path, TimeProvider.System, _losses))
        {
            provider.CreateLogger("C").LogInformation("first");
            provider.CreateLogger("C").LogInformation("second");
        }

        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"<4>HaProxyNet.Server.Logging.MainLogProvider[{EventIds.JournalMissing}] Log.Format is Journal, and journald "
            + $"does not listen at {Path}", lines[0], StringComparison.Ordinal);
        Assert.Equal(["<6>C[0] first", "<6>C[0] second"], lines[1..]);
    }

    [Fact]
    public void Write_ReceiverStartsAgain_NothingIsLost()
    {
        using var output = Output();
        var first = new DatagramReceiver(Path);
        Assert.Equal(0, output.Write(SampleRecords.Batch("one"), _closing));
        Assert.Equal("one", first.Receive());

        first.Dispose();
        using var second = new DatagramReceiver(Path);

        Assert.Equal(0, output.Write(SampleRecords.Batch("two"), _closing));
        Assert.Equal("two", second.Receive());
        Assert.Empty(_said);
    }

    [Fact]
    public void Write_NothingThere_LostAndSaidOnceThenAgainWhenItIsBack()
    {
        using var output = Output();

        Assert.Equal(3, output.Write(SampleRecords.Batch("a", "b", "c"), _closing));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, output.Write(SampleRecords.Batch("d"), _closing));
        Assert.Single(_said);

        using var receiver = new DatagramReceiver(Path);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, output.Write(SampleRecords.Batch("e"), _closing));
        Assert.Equal("e", receiver.Receive());
        Assert.Equal("back", _said[^1]);
        Assert.Equal(2, _said.Count);
    }

    [Fact]
    public void Write_ReceiverThatNeverReads_TheRestIsLostAndCounted()
    {
        using var receiver = new DatagramReceiver(Path);
        using var output = new DatagramOutput(LogOutput.Journal, Impatient, Journal.LongestEntry, State(), _time);
        const int Sent = 2000;

        var lost = output.Write(SampleRecords.Batch(Enumerable.Repeat(new string('x', 8000), Sent)), _closing);

        Assert.InRange(lost, 1, Sent - 1);
        for (var taken = 0; taken < Sent - lost; taken++)
        {
            Assert.Equal(8000, receiver.Receive().Length);
        }
    }

    [Fact]
    public void Write_TooLongForADatagram_CutBetweenTwoCharactersAndSaysSo()
    {
        using var receiver = new DatagramReceiver(Path);
        using var output = new DatagramOutput(LogOutput.Syslog, () => Journal.Connect(Path), longest: 20, State(), _time);

        Assert.Equal(0, output.Write(SampleRecords.Batch("0123456789ä123456789"), _closing));

        Assert.Equal("0123456789... (cut)", receiver.Receive());
    }

    public void Dispose()
    {
        _closing.Dispose();
        _folder.Delete(recursive: true);
    }

    private MainLogProvider Open()
        => MainLogProvider.Open(LogFormat.Journal, TextStyle.Systemd, () => Stream.Null, Path, TimeProvider.System, _losses);

    private OutputState State() => new(_said.Add, () => _said.Add("back"));

    private DatagramOutput Output() => new(LogOutput.Journal, () => Journal.Connect(Path), Journal.LongestEntry, State(), _time);

    private System.Net.Sockets.Socket Impatient()
    {
        var socket = Journal.Connect(Path);
        socket.SendTimeout = 1;
        return socket;
    }
}
