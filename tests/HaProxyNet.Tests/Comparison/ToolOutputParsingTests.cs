using HaProxyNet.Comparison;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Tests.Comparison;

public sealed class ToolOutputParsingTests
{
    [Fact]
    public void WrkReport_Parse_ReadsTheLineAmongTheRest()
    {
        var report = WrkReport.Parse(
            """
            Running 3s test @ http://127.0.0.1:18080/
              16 connections
            REPORT requests=35870 duration_us=3010194 errors=2 p50=821 p99=4057 p999=6179 max=6879
            """);

        Assert.Equal(new WrkReport(35870, 3.010194, 2, new LatencyFigures(821, 4057, 6179, 6879)), report);
    }

    [Fact]
    public void WrkReport_ParseWithoutReport_SaysWhatWrkSaid()
    {
        var fault = Assert.Throws<ComparisonException>(() => WrkReport.Parse("unable to connect to 127.0.0.1:1 Connection refused"));

        Assert.Contains("Connection refused", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IperfReport_Parse_TakesWhatTheReceiverGot()
    {
        var report = IperfReport.Parse(
            """{"start":{},"end":{"sum_sent":{"bytes":9},"sum_received":{"seconds":2.0,"bytes":2500000000,"bits_per_second":1}}}""");

        Assert.Equal(10, report.Gigabits, 9);
    }

    [Fact]
    public void IperfReport_ParseOfAnError_SaysIt() =>
        Assert.Contains(
            "server is busy",
            Assert.Throws<ComparisonException>(() => IperfReport.Parse("""{"error":"the server is busy"}""")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void SyscallCounts_Parse_ReadsRowsWithAndWithoutErrors()
    {
        var counts = SyscallCounts.Parse(
            """
            strace: Process 23 attached
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             60.00    0.012345           3      4000           recvfrom
             40.00    0.001234           1      1000       250 connect
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.013579           2      5000       250 total
            """);

        Assert.Equal(5000, counts.Total);
        Assert.Equal(1000, counts.Calls["connect"]);
    }

    [Fact]
    public void CpuTimes_Parse_SumsTheWantedCpus()
    {
        string[] stat = ["cpu  1 1 1 1 1 1 1 1 0 0", "cpu0 10 1 5 1000 3 2 4 7 0 0", "cpu1 20 0 10 900 0 0 0 1 0 0", "ctxt 12"];

        Assert.Equal(new CpuTimes(30, 1), CpuTimes.Parse(stat, [1]));
        Assert.Equal(new CpuTimes(52, 8), CpuTimes.Parse(stat, []));
    }

    [Fact]
    public void ProcFile_Number_MatchesTheWholeName() =>
        Assert.Equal(12, ProcFile.Number(["nonvoluntary_ctxt_switches:\t99", "Rss_other: 3 kB", "Rss:      12 kB"], "Rss"));

    [Fact]
    public void ListeningPort_IsOpen_WantsTheStateListen()
    {
        string[] table = [
            "  sl  local_address rem_address   st",
            "   0: 0100007F:1F90 00000000:0000 0A 0",
            "   1: 0100007F:1F91 0100007F:1F90 01 0",
        ];

        Assert.True(ListeningPort.IsOpen(table, 8080));
        Assert.False(ListeningPort.IsOpen(table, 8081));
    }

    [Fact]
    public void HttpExchange_ReplyLength_NeedsTheWholeHeader()
    {
        Assert.Null(HttpExchange.ReplyLength("HTTP/1.1 200 OK\r\nContent-Length: 2048\r\n"u8));
        Assert.Equal(38 + 5, HttpExchange.ReplyLength("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"u8));
    }

    [Theory]
    [InlineData("haproxynet_managed_allocated_bytes_total 1234\n", 1234.0)]
    [InlineData("# TYPE dotnet_gc_allocated_bytes_total counter\ndotnet_gc_allocated_bytes_total{generation=\"0\"} "
        + "1\ndotnet_gc_allocated_bytes_total{generation=\"1\"} 2e3\n", 2001.0)]
    [InlineData("haproxynet_bytes_total 5\n", null)]
    public void HaProxyNet_AllocatedBytes_SumsTheCounter(string metrics, double? expected) =>
        Assert.Equal(expected, HaProxyNetContender.AllocatedBytes(metrics));
}
