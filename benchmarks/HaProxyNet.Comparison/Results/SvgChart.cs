using System.Net;
using System.Text;
using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Comparison.Results;

/// <summary>
/// A bar for every contender under every headline figure, median and range. Drawn by hand: a chart library would bring native code for
/// a few rectangles.
/// </summary>
internal static class SvgChart
{
    private const int Width = 760;
    private const int NameWidth = 150;
    private const int BarWidth = 430;
    private const int BarHeight = 18;
    private const int RowHeight = 24;
    private const int TitleHeight = 40;

    /// <summary>Draws it.</summary>
    public static string Write(ComparisonReport report)
    {
        var body = new StringBuilder();
        var y = 10;
        foreach (var work in report.Works)
        {
            foreach (var metric in work.Metrics.Where(metric => metric.IsHeadline))
            {
                y = DrawPanel(body, y, work, metric);
            }
        }

        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y + 10}" width="{Width}" height="{y + 10}" role="img"
                 aria-label="Cost of each contender by work, lower is better" font-family="system-ui, sans-serif" font-size="13">
            <rect width="100%" height="100%" fill="#ffffff"/>
            {body.ToString().TrimEnd()}
            </svg>

            """.ReplaceLineEndings("\n");
    }

    private static int DrawPanel(StringBuilder body, int y, WorkResult work, Metric metric)
    {
        var rows = work.Contenders
            .Select(contender => (Contender: contender, Summary: contender.Summarize(metric)))
            .Where(row => row.Summary is not null && row.Contender.Role != ContenderRole.Baseline)
            .ToList();
        if (rows.Count == 0)
        {
            return y;
        }

        var unit = metric.Unit.Length > 0 ? $", {metric.Unit}" : "";
        body.AppendLine(
            $"""<text x="12" y="{y + 24}" font-weight="600" fill="#1b1f24">"""
            + $"{Escape($"{work.Name}: {metric.Label}{unit}")} (lower is better)</text>");
        y += TitleHeight;
        var longest = Math.Max(rows.Max(row => row.Summary!.Spread.Max), double.Epsilon);
        foreach (var (contender, summary) in rows)
        {
            DrawBar(body, y, contender, summary!, longest);
            y += RowHeight;
        }

        return y;
    }

    private static void DrawBar(StringBuilder body, int y, ContenderResult contender, MetricSummary summary, double longest)
    {
        int At(double value) => NameWidth + (int)Math.Round(Math.Max(0, value) / longest * BarWidth);

        var middle = y + (BarHeight / 2);
        body.AppendLine($"""<text x="{NameWidth - 8}" y="{middle + 5}" text-anchor="end" fill="#1b1f24">{Escape(contender.Name)}</text>""");
        if (summary.Noise is not null)
        {
            body.AppendLine($"""<text x="{NameWidth}" y="{middle + 5}" font-style="italic" fill="#6e7781">too noisy</text>""");
            return;
        }

        var colour = contender.Role == ContenderRole.Ours ? "#1a7f5a" : "#8c98a4";
        var end = At(summary.Spread.Median);
        body.AppendLine(
            $"""<rect x="{NameWidth}" y="{y}" width="{Math.Max(1, end - NameWidth)}" height="{BarHeight}" rx="2" fill="{colour}"/>""");
        body.AppendLine(
            $"""<line x1="{At(summary.Spread.Min)}" x2="{At(summary.Spread.Max)}" y1="{middle}" y2="{middle}" """
            + """stroke="#1b1f24" stroke-width="2"/>""");
        body.AppendLine(
            $"""<text x="{Math.Max(end, At(summary.Spread.Max)) + 8}" y="{middle + 5}" fill="#1b1f24">"""
            + $"{Escape(Figures.Round(summary.Spread.Median))}</text>");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
