using System.Net;
using System.Text;

namespace HaProxyNet.Server.Incident;

/// <summary>The report as one HTML file that needs nothing else: no script, no request. Pure.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root{--back:#fff;--text:#1b1f24;--muted:#545d68;--line:#c3cad2;--good:#11632a;--bad:#a40e26;--warn:#7a4b00;--off:#e6eaef}
        @media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;
        --muted:#a3acb7;--line:#3a424d;--good:#5bd677;--bad:#ff8f87;--warn:#e8bb4a;--off:#262c35}}
        body{font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;
        max-width:1100px;margin:0 auto;padding:16px;background:var(--back);color:var(--text)}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:28px 0 8px}.muted{color:var(--muted)}
        table{border-collapse:collapse;width:100%;font-size:.92em}
        th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--line)}
        th{color:var(--muted)}td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
        .scroll{overflow-x:auto}.bad td:last-child{color:var(--bad)}.good td:last-child{color:var(--good)}
        svg{display:block;width:100%;height:auto}svg text{fill:var(--muted);font:11px system-ui,"DejaVu Sans",sans-serif}
        .s0{fill:var(--good)}.s1{fill:var(--warn)}.s2{fill:#0a6ebd}
        .none,.failed{fill:var(--bad)}.off{fill:var(--off)}.bar{fill:var(--muted)}.mark{stroke:var(--text);stroke-width:1.5}
        @media print{:root{--back:#fff;--text:#000}}
        """;

    /// <summary>Writes it.</summary>
    public static string Write(IncidentReport report)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            + "content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                + "'unsafe-inline'\">\n<title>Incident report</title>\n<style>\n")
            .Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>Incident report</h1>\n<p class=\"muted\">")
            .Append(ReportTables.Time(report.From)).Append(" to ").Append(ReportTables.Time(report.To)).Append(" UTC</p>\n<ul>\n");
        foreach (var sentence in report.Summary)
        {
            html.Append("<li>").Append(Text(sentence)).Append("</li>\n");
        }

        html.Append("</ul>\n");
        foreach (var line in report.Timeline.Clusters)
        {
            html.Append("<h2>Time line: ").Append(Text(line.Cluster)).Append("</h2>\n").Append(TimelineSvg.Draw(report.Timeline, line))
                .Append('\n');
        }

        foreach (var table in ReportTables.Of(report))
        {
            Write(html, table, table.Title == "What happened" ? [.. report.Story.Select(s => s.Weight)] : []);
        }

        return html
            .Append("<p class=\"muted\">Made by haproxynet incident out of the proxy's history. Times are UTC.</p>\n</body>\n</html>\n")
            .ToString();
    }

    /// <summary>Names and addresses are peers' words: they must not become HTML.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Write(StringBuilder html, ReportTable table, string[] weights)
    {
        html.Append("<h2>").Append(Text(table.Title)).Append("</h2>\n");
        if (table.Rows.Count == 0)
        {
            html.Append("<p>").Append(Text(table.None)).Append("</p>\n");
            return;
        }

        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Text(table.Title))
            .Append("\"><table>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append("<th scope=\"col\">").Append(Text(column)).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var (index, row) in table.Rows.Index())
        {
            html.Append(weights.Length > index ? $"<tr class=\"{weights[index]}\">" : "<tr>");
            foreach (var cell in row)
            {
                html.Append("<td>").Append(Text(cell)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }
}
