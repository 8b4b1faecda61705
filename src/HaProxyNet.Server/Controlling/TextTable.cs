using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// A table for people in a terminal, and for scripts that cut columns: there it has no frame, no colour and no limit of width.
/// </summary>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<(string[] Cells, string? Colour)> _rows = [];

    /// <summary>Adds a row; a cell without content becomes a dash, so that every row has as many words.</summary>
    public void Add(string? colour, params string?[] cells)
        => _rows.Add(([.. cells.Select(cell => string.IsNullOrEmpty(cell) ? "-" : cell)], colour));

    /// <summary>For a terminal.</summary>
    public IRenderable Draw()
    {
        // Only the last column is broken where a terminal is narrow: it has the sentences and addresses.
        var table =
            new Table().Border(TableBorder.None).AddColumns([.. columns.Select((c, i) => new TableColumn($"[grey]{Markup.Escape(c)}[/]")
            {
                Padding = new Padding(0, 0, 2, 0),
                NoWrap = i < columns.Length - 1,
            })]);
        foreach (var (cells, colour) in _rows)
        {
            table.AddRow(cells.Select(cell => colour is null ? Markup.Escape(cell) : $"[{colour}]{Markup.Escape(cell)}[/]").ToArray());
        }

        return table;
    }

    /// <summary>For everything else.</summary>
    public void Write(TextWriter output)
    {
        var widths = columns.Select((name, i) => _rows.Select(r => r.Cells[i].Length).Append(name.Length).Max()).ToArray();
        foreach (var line in _rows.Select(r => r.Cells).Prepend(columns))
        {
            output.WriteLine(string.Join("  ", line.Select((cell, i) => i == columns.Length - 1 ? cell : cell.PadRight(widths[i])))
                .TrimEnd());
        }
    }
}
