using System.Text;
using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Comparison.Results;

/// <summary>The report as Markdown.</summary>
internal static class MarkdownReport
{
    private const int RoundsForCommit = 5;

    /// <summary>Writes it.</summary>
    public static string Write(ComparisonReport report, string chartFile)
    {
        var text = new StringBuilder();
        text.AppendLine("# Comparison with HAProxy and nginx").AppendLine();
        text.AppendLine($"{report.Date:yyyy-MM-dd}, {report.Machine.Cpu}, {report.Machine.Cpus} CPUs, {report.Machine.System}, kernel "
            + $"{report.Machine.Kernel}, {report.Machine.Runtime}.");
        text.AppendLine($"{report.Rounds} rounds, contenders in turn, {report.Seconds:0.#} s a measurement, {report.Threads} thread(s) "
            + $"each; {report.Cpus}.");
        if (report.Rounds < RoundsForCommit)
        {
            text.AppendLine().AppendLine($"**Fewer than {RoundsForCommit} rounds: good for a look, not for a claim.**");
        }

        text.AppendLine().AppendLine("```").AppendLine(report.Command).AppendLine("```").AppendLine();
        foreach (var (name, version) in report.Versions)
        {
            text.AppendLine($"- `{name}`: {version}");
        }

        text.AppendLine().AppendLine(
            "A cell is the median of the rounds and their range. How it is measured: "
                + "[docs/performance-method.md](../../docs/performance-method.md).");
        text.AppendLine().AppendLine($"![Chart: cost of each contender by work]({chartFile})").AppendLine();
        WriteVerdicts(text, report.Verdicts);
        foreach (var work in report.Works)
        {
            WriteWork(text, work);
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void WriteVerdicts(StringBuilder text, IReadOnlyList<TargetVerdict> verdicts)
    {
        if (verdicts.Count == 0)
        {
            return;
        }

        text.AppendLine("## Targets").AppendLine();
        text.AppendLine("| work | target | at most | measured | reached | |").AppendLine("|---|---|---:|---:|---|---|");
        foreach (var verdict in verdicts)
        {
            var reached = verdict.Reached switch
            {
                true => "yes",
                false => "**no**",
                null => "not known",
            } + (verdict.IsWithinNoise ? ", within the noise" : "");
            text.AppendLine(
                $"| {verdict.Target.Work} | {verdict.Target.Goal} | {verdict.Target.AtMost:0.##} | "
                    + $"{(verdict.Measured is { } measured ? Figures.Round(measured) : "–")} | {reached} | {verdict.Remark} |");
        }

        text.AppendLine();
    }

    private static void WriteWork(StringBuilder text, WorkResult work)
    {
        var rows = work.Contenders.Where(contender => contender.Readings.Any(reading => reading.Values.Count > 0)).ToList();
        text.AppendLine($"## {work.Name}").AppendLine().AppendLine(work.Description + ".").AppendLine();
        foreach (var contender in work.Contenders.Where(contender => contender.Fault is not null))
        {
            text.AppendLine($"**{contender.Name} did not do this work:** {contender.Fault}").AppendLine();
        }

        // Metrics as rows: there are more of them than contenders.
        text.AppendLine($"| | {string.Join(" | ", rows.Select(row => row.Name))} |");
        text.AppendLine($"|---|{string.Concat(rows.Select(_ => "---:|"))}");
        foreach (var metric in work.Metrics.Where(metric => rows.Exists(row => row.Summarize(metric) is not null)))
        {
            var unit = metric.Unit.Length > 0 ? $", {metric.Unit}" : "";
            text.AppendLine($"| {metric.Label}{unit} | {string.Join(" | ", rows.Select(row => Figures.Cell(row.Summarize(metric))))} |");
        }

        text.AppendLine();
        WriteRatios(text, work);
        WriteRemarks(text, work, rows);
    }

    private static void WriteRatios(StringBuilder text, WorkResult work)
    {
        if (work.Ours is not { } ours)
        {
            return;
        }

        var peers = work.Peers.Where(peer => peer.Readings.Count > 0).ToList();
        text.AppendLine($"Ratios, {ours.Name} to each (below 1: cheaper or faster); in brackets where the median of the rounds' ratios "
            + "lies, with 95 %:").AppendLine();
        text.AppendLine($"| | {string.Join(" | ", peers.Select(peer => peer.Name))} | best peer |");
        text.AppendLine($"|---|{string.Concat(peers.Select(_ => "---:|"))}---:|");
        foreach (var metric in work.Metrics.Where(metric => metric.IsCost))
        {
            if (ours.Summarize(metric) is { } mine)
            {
                var cells = peers.Select(peer => peer.Summarize(metric)).Append(work.BestPeer(metric)).Select(theirs => Cell(mine, theirs));
                text.AppendLine($"| {metric.Label} | {string.Join(" | ", cells)} |");
            }
        }

        text.AppendLine();
    }

    private static string Cell(MetricSummary ours, MetricSummary? peer) =>
        peer is not null && Ratio.Of(ours, peer) is { } ratio
            ? $"{ratio.OfMedians:0.00} ({ratio.Interval.Low:0.00}–{ratio.Interval.High:0.00})"
            : "–";

    private static void WriteRemarks(StringBuilder text, WorkResult work, List<ContenderResult> rows)
    {
        if (work.Find("busy") is { } busy)
        {
            var waiting = rows.Where(row => row.Role != ContenderRole.Baseline && row.Summarize(busy)?.Spread.Median < 95)
                .Select(row => row.Name).ToList();
            if (waiting.Count > 0)
            {
                text.AppendLine($"The load side, not the proxy, set the pace of {string.Join(", ", waiting)}: throughput there is a lower "
                    + "bound.").AppendLine();
            }
        }

        var disturbed = rows.SelectMany(row => row.Readings.Select((reading, round) => (row.Name, Round: round + 1, reading.Disturbance)))
            .Where(entry => entry.Disturbance is not null).ToList();
        if (disturbed.Count > 0)
        {
            text
                .AppendLine("Disturbed "
                    + $"rounds: {string.Join("; ", disturbed.Select(entry => $"{entry.Name} {entry.Round}: {entry.Disturbance}"))}.")
                .AppendLine();
        }
    }
}
