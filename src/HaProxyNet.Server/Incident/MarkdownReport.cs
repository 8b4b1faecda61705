using System.Text;

namespace HaProxyNet.Server.Incident;

/// <summary>The report as Markdown, for tickets. Pure.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes it.</summary>
    public static string Write(IncidentReport report)
    {
        var text = new StringBuilder();
        text.Append("# Incident report\n\n").Append(ReportTables.Time(report.From)).Append(" to ").Append(ReportTables.Time(report.To))
            .Append(" UTC\n\n");
        foreach (var sentence in report.Summary)
        {
            text.Append("- ").Append(Plain(sentence)).Append('\n');
        }

        foreach (var line in report.Timeline.Clusters)
        {
            text.Append("\n## The active destination of ").Append(Plain(line.Cluster)).Append("\n\n");
            foreach (var span in line.Spans)
            {
                text.Append("- ").Append(ReportTables.Time(span.From)).Append(" to ").Append(ReportTables.Time(span.To)).Append(": ")
                    .Append(Plain(!span.Runs ? "nothing is known, or the proxy did not run" : span.Active ?? "none could be used"))
                    .Append('\n');
            }
        }

        foreach (var table in ReportTables.Of(report))
        {
            Write(text, table);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportTable table)
    {
        text.Append("\n## ").Append(table.Title).Append("\n\n");
        if (table.Rows.Count == 0)
        {
            text.Append(table.None).Append('\n');
            return;
        }

        text.Append("| ").AppendJoin(" | ", table.Columns).Append(" |\n|").Insert(text.Length, "---|", table.Columns.Count).Append('\n');
        foreach (var row in table.Rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Plain)).Append(" |\n");
        }
    }

    /// <summary>Names and addresses are peers' words: they must not become Markdown.</summary>
    private static string Plain(string text)
        => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
