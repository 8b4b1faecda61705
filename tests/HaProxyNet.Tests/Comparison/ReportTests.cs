using System.Text.Json;
using System.Xml.Linq;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Tests.Comparison;

public sealed class ReportTests
{
    private static readonly ComparisonReport _report = new()
    {
        Date = DateTimeOffset.UnixEpoch,
        Machine = new MachineFacts { Cpu = "a <CPU>", Cpus = 2, Kernel = "6.1", System = "Debian", MemoryMegabytes = 1, Runtime = ".NET" },
        Cpus = "proxy on CPU 1",
        Versions = new Dictionary<string, string>(StringComparer.Ordinal) { ["haproxy-best"] = "2.6.12" },
        Rounds = 3,
        Seconds = 2,
        Threads = 1,
        Command = "dotnet run",
        Works = [TargetVerdictTests.Work(64, haproxyBest: 68, nginxBest: 80)],
    };

    [Fact]
    public void Markdown_WithPeers_HasMediansAndRatios()
    {
        var text = MarkdownReport.Write(_report, "chart.svg");

        Assert.Contains("| CPU, µs | 64 | 68 | 80 |", text, StringComparison.Ordinal);
        Assert.Contains("| CPU | 0.94 (0.94–0.94) | 0.80 (0.80–0.80) | 0.94 (0.94–0.94) |", text, StringComparison.Ordinal);
        Assert.Contains("Fewer than 5 rounds", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfAReport_HoldsEverySample()
    {
        using var document = JsonDocument.Parse(JsonReport.Write(_report));

        var cpu = document.RootElement.GetProperty("works")[0].GetProperty("contenders")[0].GetProperty("metrics").GetProperty("cpu");
        Assert.Equal(64, cpu.GetProperty("median").GetDouble());
        Assert.Equal(3, cpu.GetProperty("samples").GetArrayLength());
    }

    [Fact]
    public void Chart_OfAReport_IsXmlWithABarForEachContender()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";

        var bars = XDocument.Parse(SvgChart.Write(_report)).Descendants(svg + "rect").Count(bar => bar.Attribute("rx") is not null);

        Assert.Equal(3, bars);
    }
}
