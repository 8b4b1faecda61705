using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Server.Logging.Syslog;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tests.Server.Logging;

/// <summary>
/// What 20,000 connections write, a line at the start and one at the end of each: in a second, and by four threads as fast as they can.
/// Through the real outputs to a real reader, each line comes once or is counted as lost.
/// </summary>
public sealed class LogRateTests(ITestOutputHelper output) : IDisposable
{
    private const int Threads = 4;
    private const int Each = 10_000;
    private const int Lines = Threads * Each;

    /// <summary>Lines a second.</summary>
    private const int Rate = 2 * 20_000;

    /// <summary>A listener's name that is nothing else in a line, so that lines can be counted wherever a block of bytes ends.</summary>
    private const string Mark = "~";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-");
    private readonly LogLosses _losses = new();
    private long _marks;

    [Theory]
    [InlineData(Rate)]
    [InlineData(int.MaxValue)]
    public void Console_Json_EachLineIsReadOrCounted(int rate)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var end = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle);
        Feed(new StreamOutput(end), new JsonFormat(), rate, buffer => pipe.Read(buffer), marksPerLine: 1);
    }

    [Theory]
    [InlineData(Rate)]
    [InlineData(int.MaxValue)]
    public void Syslog_Tcp_EachLineIsReadOrCounted(int rate)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var accepted = new Lazy<Socket>(server.AcceptSocket);
        Assert.True(SyslogAddress.TryParse($"tcp://{server.LocalEndpoint}", out var address, out _));
        var syslog = new SyslogStream(new SyslogConnect(address, ""), Silent());

        // As a parameter, and in the text.
        Feed(syslog, new SyslogFormat(new SyslogOptions()), rate, buffer => accepted.Value.Receive(buffer), marksPerLine: 2);
        accepted.Value.Dispose();
    }

    [Theory]
    [InlineData(Rate)]
    [InlineData(int.MaxValue)]
    public void Journal_EachLineIsReadOrCounted(int rate)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "datagrams over Unix sockets are Linux's");
        var path = Path.Combine(_folder.FullName, "socket");
        using var journald = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        journald.Bind(new UnixDomainSocketEndPoint(path));
        var journal = new DatagramOutput(
            LogOutput.Journal, () => Journal.Connect(path), Journal.LongestEntry, Silent(), TimeProvider.System, Journal.Large);
        Feed(journal, new JournalFormat(), rate, buffer => journald.Receive(buffer), marksPerLine: 2);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static OutputState Silent() => new(static _ => { }, static () => { });

    private delegate int Reading(Span<byte> buffer);

    private void Feed(IRecordOutput to, RecordFormat format, int rate, Reading read, int marksPerLine)
    {
        using var queue = new LogQueue(to, format, TimeProvider.System, _losses);
        var prefix = format.PrefixOf(LogLevel.Information, "Some.Category", new EventId(1));
        var line = SampleRecords.Closed with { Fields = SampleRecords.Closed.Fields with { Listener = Mark } };
        var reader = new Thread(() => Read(read)) { IsBackground = true };
        reader.Start();

        var began = TimeProvider.System.GetTimestamp();
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (var i = 0; i < Each; i++)
            {
                var due = TimeSpan.FromSeconds((double)i * Threads / rate);
                if (i % 100 == 0 && due - TimeProvider.System.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
                {
                    Thread.Sleep(early);
                }

                queue.AddLine(prefix, line with { Connection = new ConnectionNumber((thread * Each) + i) });
            }
        });
        var made = TimeProvider.System.GetElapsedTime(began);

        SpinWait.SpinUntil(() => Written() + _losses[to.Kind] >= Lines, TimeSpan.FromMinutes(2));
        Assert.Equal(Lines, Written() + _losses[to.Kind]);
        output.WriteLine($"{Lines / made.TotalSeconds:F0} lines/s; {Written()} were read, {_losses[to.Kind]} lost and counted");

        long Written() => Interlocked.Read(ref _marks) / marksPerLine;
    }

    private void Read(Reading read)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (read(buffer) is > 0 and var length)
            {
                Interlocked.Add(ref _marks, buffer.AsSpan(0, length).Count((byte)Mark[0]));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
