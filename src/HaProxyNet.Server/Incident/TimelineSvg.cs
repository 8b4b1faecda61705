using System.Globalization;
using System.Text;
using HaProxyNet.Management.Page.Timelines;

namespace HaProxyNet.Server.Incident;

/// <summary>The time line of a cluster as a picture. Pure.</summary>
internal static class TimelineSvg
{
    private const int Width = 1060;
    private const int Height = 112;
    private const int Base = 92;
    private const int Room = 46;
    private const int Ticks = 6;
    private static readonly string[] _colours = ["green", "amber", "blue"];

    /// <summary>Draws it.</summary>
    public static string Draw(Timeline timeline, ClusterLine line)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"The active destination "
            + $"of {HtmlReport.Text(line.Cluster)}; the table below says the same\">");
        var order = line.Spans.Select(s => s.Active).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        foreach (var span in line.Spans)
        {
            var kind = !span.Runs ? "off" : span.Active is null ? "none" : $"s{Math.Min(2, order.IndexOf(span.Active))}";
            var what = !span.Runs ? "nothing is known, or the proxy did not run" : span.Active ?? "none could be used";
            Rect(
                svg,
                kind,
                X(timeline, span.From),
                14,
                Math.Max(1.5, X(timeline, span.To) - X(timeline, span.From)),
                18,
                $"{ReportTables.Time(span.From)} to {ReportTables.Time(span.To)}: {what}");
        }

        foreach (var mark in line.Marks.Concat(timeline.Marks))
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"mark\" d=\"M{X(timeline, mark.At):0.#} 8V38\"><title>{ReportTables.Time(mark.At)} "
                    + $"{HtmlReport.Text(mark.Text)}</title></path>");
        }

        Bars(svg, line);
        for (var i = 0; i <= Ticks; i++)
        {
            var at = timeline.From + ((timeline.To - timeline.From) * i / Ticks);
            var anchor = i == 0 ? "start" : i == Ticks ? "end" : "middle";
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Width * i / Ticks}\" y=\"{Height - 4}\" text-anchor=\"{anchor}\">{at.UtcDateTime:HH:mm:ss}</text>");
        }

        return svg.Append("</svg>").Append(Legend(order)).ToString();
    }

    private static void Bars(StringBuilder svg, ClusterLine line)
    {
        var most = Math.Max(1, line.Buckets.Select(b => b.Connections).DefaultIfEmpty().Max());
        var part = (double)Width / Math.Max(1, line.Buckets.Count);
        foreach (var (i, bucket) in line.Buckets.Index().Where(b => b.Item.Connections > 0))
        {
            var (all, failed) = ((double)bucket.Connections / most * Room, (double)bucket.Failed / most * Room);
            Rect(svg, "bar", i * part, Base - all, Math.Max(1, part - 1), all, $"{bucket.Connections} connections, "
                + $"{bucket.Failed} not in order");
            if (failed > 0)
            {
                Rect(
                    svg,
                    "failed",
                    i * part,
                    Base - Math.Max(2, failed),
                    Math.Max(1, part - 1),
                    Math.Max(2, failed),
                    $"{bucket.Failed} not in order");
            }
        }
    }

    private static string Legend(List<string> order)
        => "<p class=\"muted\">"
            + string.Join(", ", order.Zip(_colours, (name, colour) => $"{colour}: {HtmlReport.Text(name)} active"))
            + (order.Count > 0 ? "; " : "")
            + "red: none could be used, or connections not in order; lines: events.</p>";

    private static void Rect(StringBuilder svg, string kind, double x, double y, double width, double height, string title)
        => svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\""
            + $"{height:0.#}\"><title>{HtmlReport.Text(title)}</title></rect>");

    private static double X(Timeline timeline, DateTimeOffset at)
        => Math.Clamp((at - timeline.From) / (timeline.To - timeline.From) * Width, 0, Width);
}
