using System.Text.Json;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Records;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tests.Server.Logging;

public sealed class FormatTests
{
    private static readonly LoggedEvent _failover = new(
        "Failover in agents: \"primary\" to second\u001b[31m.",
        [new("Cluster", "agents"), new(
            "From", "prim\"ary\\]"), new("Count", 7), new("Nothing", null), new("Level", "x"), new("{OriginalFormat}", "…")]);

    [Fact]
    public void Json_Event_IsAnObjectWithItsValues()
    {
        var line = SampleRecords.Of(new JsonFormat(), _failover);

        Assert.EndsWith("}\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(c => c == '\n'));
        var root = JsonDocument.Parse(line).RootElement;
        Assert.Equal("2026-01-02T03:04:05.678Z", root.GetProperty("time").GetString());
        Assert.Equal(
            ("warning", "Some.Category", 12),
            (root.GetProperty("level").GetString(), root.GetProperty("category").GetString(), root.GetProperty("event").GetInt32()));
        Assert.Equal("Failover in agents: \"primary\" to second\u001b[31m.", root.GetProperty("message").GetString());
        Assert.Equal(("agents", "prim\"ary\\]", 7, "x"), (
            root.GetProperty("cluster").GetString(), root
                .GetProperty("from")
                .GetString(), root.GetProperty("count").GetInt32(), root.GetProperty("level_").GetString()));
        Assert.False(root.TryGetProperty("nothing", out _));
    }

    [Fact]
    public void Json_Line_NumbersAreNumbersAndTheConnectionHasItsNumber()
    {
        var root = JsonDocument.Parse(SampleRecords.Line(new JsonFormat())).RootElement;

        Assert.Equal("Connection closed", root.GetProperty("message").GetString());
        Assert.Equal(("[2001:db8::1]:40000", 0.412, 2000.0, 3L), (
            root.GetProperty("client").GetString(), root
                .GetProperty("connect_ms")
                .GetDouble(), root.GetProperty("duration_ms").GetDouble(), root.GetProperty("bytes_in").GetInt64()));
        Assert.Equal(("1a2b", "fin", "client"), (
            root.GetProperty("connection").GetString(),
            root.GetProperty("closed_with").GetString(),
            root.GetProperty("closed_by").GetString()));
    }

    [Theory]
    [InlineData("\0\b\t\n\f\r\u001f\u007f\"\\/")]
    [InlineData("äß€😀\u2028")]
    [InlineData("")]
    public void Json_AnyText_ComesBackAsItWas(string text)
        => Assert.Equal(
            text,
            JsonDocument.Parse(SampleRecords.Of(new JsonFormat(), new LoggedEvent(text))).RootElement.GetProperty("message").GetString());

    [Fact]
    public void Json_HalfACharacter_IsReplaced()
        => Assert.Equal(
            "a\ufffd",
            JsonDocument.Parse(SampleRecords.Of(new JsonFormat(), new LoggedEvent("a\ud83d")))
                .RootElement.GetProperty("message").GetString());

    [Fact]
    public void Json_Exception_IsAFieldOfItsOwn()
        => Assert.StartsWith(
            "System.IO.IOException: why",
            JsonDocument.Parse(SampleRecords.Of(new JsonFormat(), new LoggedEvent("it broke", null, new IOException("why")))).RootElement
                .GetProperty("exception")
                .GetString(),
            StringComparison.Ordinal);

    [Fact]
    public void Journal_Event_HasPriorityIdentifierTextAndFields()
        => Assert.Equal(
            "PRIORITY=4\nSYSLOG_IDENTIFIER=haproxynet\nHAPROXYNET_EVENT=12\nHAPROXYNET_CATEGORY=Some.Category\nMESSAGE=Failover in agents: "
                + "\"primary\" to second [31m.\n"
            + "HAPROXYNET_CLUSTER=agents\nHAPROXYNET_FROM=prim\"ary\\]\nHAPROXYNET_COUNT=7\nHAPROXYNET_LEVEL_=x\n",
            SampleRecords.Of(new JournalFormat(), _failover));

    [Fact]
    public void Journal_FieldOfSeveralLines_StandsBehindItsLength()
    {
        var entry = SampleRecords.Of(new JournalFormat(), new LoggedEvent("it broke", [new("Why", "a\nb")]));

        Assert.EndsWith("\nHAPROXYNET_WHY\n\u0003\0\0\0\0\0\0\0a\nb\n", entry, StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_TextThatIsTooLong_IsCutAndSaysSo()
    {
        var entry = SampleRecords.Of(new JournalFormat(), new LoggedEvent(new string('x', 300_000)));

        Assert.InRange(entry.Length, 262_144, 263_000);
        Assert.EndsWith("xx… (cut)\n", entry, StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_Line_TextAsEverAndFields()
    {
        var entry = SampleRecords.Line(new JournalFormat()).Split('\n');

        Assert.Contains("MESSAGE=" + SampleRecords.Closed, entry);
        Assert.Contains("HAPROXYNET_CONNECT_MS=0.412", entry);
        Assert.Contains("HAPROXYNET_CLIENT=[2001:db8::1]:40000", entry);
        Assert.Contains("HAPROXYNET_CONNECTION=1a2b", entry);
        Assert.Equal("", entry[^1]);
    }

    [Fact]
    public void Syslog_Event_IsAMessageOfRfc5424()
        => Assert.Equal(
            $"<132>1 2026-01-02T03:04:05.678Z proxy1 haproxynet {Environment.ProcessId} 12 [haproxynet@32473 category=\"Some.Category\" "
                + "cluster=\"agents\" from=\"prim\\\"ary\\\\\\]\" "
            + "count=\"7\" level_=\"x\"] Failover in agents: \"primary\" to second [31m.",
            SampleRecords.Of(new SyslogFormat(new SyslogOptions { HostName = "proxy1" }), _failover));

    [Fact]
    public void Syslog_Line_ValuesAndText()
    {
        var message =
            SampleRecords.Line(
                new SyslogFormat(new SyslogOptions { HostName = "proxy1", AppName = "front", Facility = SyslogFacility.Daemon }));

        Assert.StartsWith("<30>1 2026-01-02T03:04:05.678Z proxy1 front ", message, StringComparison.Ordinal);
        Assert.Contains(" client=\"[2001:db8::1\\]:40000\" ", message, StringComparison.Ordinal);
        Assert.EndsWith(" closed_with=\"fin\" connection=\"1a2b\"] " + SampleRecords.Closed, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Syslog_TextBeyondAscii_BeginsWithAByteOrderMark()
        => Assert.EndsWith(
            "] \ufeffgrün", SampleRecords.Of(new SyslogFormat(new SyslogOptions()), new LoggedEvent("grün")), StringComparison.Ordinal);

    [Fact]
    public void Text_Line_IsByteForByteWhatItWas()
        => Assert.Equal(
            "2026-01-02T03:04:05.678Z info: Some.Category[1] listener=front client=[2001:db8::1]:40000 cluster=agents destination=primary "
                + "attempts=1 reason=preferred "
            + "connect_ms=0.412 duration_ms=2000 bytes_in=3 bytes_out=4 outcome=completed closed_by=client\n",
            SampleRecords.Line(new TextFormat(TextStyle.Timestamped)));

    [Fact]
    public void AnyFormat_NoRoomForTheRecord_NothingOfItIsLeft()
    {
        RecordFormat[] formats = [
            new TextFormat(TextStyle.Systemd),
            new JsonFormat(),
            new JournalFormat(),
            new SyslogFormat(new SyslogOptions()),
            new EventLogFormat(),
        ];
        foreach (var format in formats)
        {
            for (var capacity = 0; capacity < 700; capacity += 7)
            {
                var buffer = new RecordBuffer(capacity);
                format.Write(
                    buffer,
                    SampleRecords.Now,
                    format.PrefixOf(LogLevel.Error, "C", new EventId(1)),
                    new LoggedEvent(new string('"', 200) + "\n" + new string('x', 600), _failover.Fields));
                Assert.False(buffer.TryEnd());
                Assert.Equal(0, buffer.Written.Length);
            }
        }
    }
}
