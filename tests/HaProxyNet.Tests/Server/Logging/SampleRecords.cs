using System.Net;
using System.Text;
using HaProxyNet.Closing;
using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Transport;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tests.Server.Logging;

/// <summary>Records as the formats make them.</summary>
internal static class SampleRecords
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static ClosedConnection Closed { get; } = new()
    {
        Fields = new ConnectionFields
        {
            Listener = "front",
            Client = PeerAddress.Of(IPEndPoint.Parse("[2001:db8::1]:40000")),
            Cluster = "agents",
            Destination = "primary",
            Attempts = 1,
            Reason = "preferred",
            ConnectMs = new LoggedMilliseconds(412),
            DurationMs = new LoggedMilliseconds(2_000_000),
            BytesIn = 3,
            BytesOut = 4,
        },
        Outcome = "completed",
        ClosedBy = "client",
        ClosedWith = "fin",
        Connection = new ConnectionNumber(0x1a2b),
    };

    public static string Of(RecordFormat format, LoggedEvent logged, LogLevel level = LogLevel.Warning)
    {
        var buffer = new RecordBuffer(1024 * 1024);
        format.Write(buffer, Now, format.PrefixOf(level, "Some.Category", new EventId(12)), logged);
        Assert.True(buffer.TryEnd());
        return Encoding.UTF8.GetString(buffer.Written);
    }

    public static string Line(RecordFormat format)
    {
        var buffer = new RecordBuffer(1024 * 1024);
        format.WriteLine(buffer, Now, format.PrefixOf(LogLevel.Information, "Some.Category", new EventId(1)), Closed);
        Assert.True(buffer.TryEnd());
        return Encoding.UTF8.GetString(buffer.Written);
    }

    /// <summary>A batch of texts.</summary>
    public static RecordBuffer Batch(params IEnumerable<string> texts)
    {
        var buffer = new RecordBuffer(16 * 1024 * 1024);
        foreach (var text in texts)
        {
            buffer.Add(text);
            buffer.TryEnd();
        }

        return buffer;
    }
}
