using System.Text;
using System.Text.Json;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Server.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Server.Logging.Records;

public sealed class LogQueueTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
    private readonly LogLosses _losses = new();

    [Fact]
    public void Log_LinesInOrderWithTimeLevelAndCategory()
    {
        var written = Written(TextStyle.Timestamped, logger =>
        {
            logger.LogInformation(7, "first");
            _time.Advance(TimeSpan.FromSeconds(1));
            logger.LogWarning("second\nline\u001b[31m");
        });

        Assert.Equal(
            ["2026-01-02T03:04:05.678Z info: Some.Category[7] first", "2026-01-02T03:04:06.678Z warn: Some.Category[0] second line [31m"],
            written);
    }

    [Fact]
    public void Log_UnderSystemd_PriorityAndNoTime()
        => Assert.Equal(["<3>Some.Category[0] broken"], Written(TextStyle.Systemd, logger => logger.LogError("broken")));

    [Fact]
    public void Log_Exception_OnTheSameLine()
        => Assert.Contains(
            "it broke System.IO.IOException: why",
            Assert.Single(Written(TextStyle.Systemd, logger => logger.LogError(new IOException("why"), "it broke"))),
            StringComparison.Ordinal);

    [Fact]
    public async Task Add_ReaderStandsStill_NeverWaitsAndSaysWhatWasLost()
    {
        using var output = new StandingStream();
        using var writer = new LogQueue(new StreamOutput(output), new TextFormat(TextStyle.Systemd), _time, _losses, capacity: 1000);
        writer.Add("<6>"u8, new LoggedEvent("begins to write"));
        await output.Reached;

        for (var i = 0; i < 100; i++)
        {
            writer.Add("<6>"u8, new LoggedEvent($"line {i}"));
        }

        output.Go();
        writer.Dispose();
        var lines = output.Lines;

        var kept = lines.Count(line => line.StartsWith("<6>line ", StringComparison.Ordinal));
        Assert.InRange(kept, 1, 99);
        Assert.Equal(100 - kept, _losses[LogOutput.Console]);
        Assert.Contains(
            lines, line => line.EndsWith($"{100 - kept} log lines were lost: nobody read them fast enough.", StringComparison.Ordinal));
    }

    /// <summary>What 20,000 connections a second write, and more: four threads as fast as they can, and room for a part of it.</summary>
    [Fact]
    public void AddLine_ManyThreadsFasterThanTheOutput_EachIsWrittenOnceOrCounted()
    {
        const int threads = 4;
        const int each = 25_000;
        using var output = new MemoryStream();
        using (var queue = new LogQueue(new StreamOutput(output), new JsonFormat(), _time, _losses, capacity: 256 * 1024))
        {
            var prefix = queue.Format.PrefixOf(LogLevel.Information, "Some.Category", new EventId(1));
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
            {
                for (var i = 0; i < each; i++)
                {
                    queue.AddLine(prefix, SampleRecords.Closed with { Connection = new ConnectionNumber((thread * each) + i + 1) });
                }
            });
        }

        var written = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("connection", out _))
            .Select(line => line.GetProperty("connection").GetString())
            .ToList();

        Assert.NotEmpty(written);
        Assert.Distinct(written);
        Assert.Equal(threads * each, written.Count + _losses[LogOutput.Console]);
    }

    [Fact]
    public void Add_Closed_NothingHappens()
    {
        using var output = new MemoryStream();
        var writer = new LogQueue(new StreamOutput(output), new TextFormat(TextStyle.Systemd), _time, _losses);
        writer.Dispose();
        writer.Add("<6>"u8, new LoggedEvent("too late"));
        writer.Dispose();

        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void Add_OutputCannotBeWritten_TheThreadLivesAndLinesAreLost()
    {
        using var output = new UnwritableStream();
        using var writer = new LogQueue(new StreamOutput(output), new TextFormat(TextStyle.Systemd), _time, _losses);

        writer.Add("<6>"u8, new LoggedEvent("one"));
        Assert.True(output.Tried.Wait(TimeSpan.FromMinutes(2)));
        output.Tried.Reset();
        writer.Add("<6>"u8, new LoggedEvent("two"));

        Assert.True(output.Tried.Wait(TimeSpan.FromMinutes(2)));
        writer.Dispose();
        Assert.Equal(2, _losses[LogOutput.Console]);
    }

    private string[] Written(TextStyle style, Action<ILogger> log)
    {
        using var output = new MemoryStream();
        using (var provider = MainLogProvider.Open(LogFormat.Text, style, () => output, "/nowhere", _time, _losses))
        {
            log(provider.CreateLogger("Some.Category"));
        }

        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
