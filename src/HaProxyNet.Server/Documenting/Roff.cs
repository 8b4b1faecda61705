using System.Text;

namespace HaProxyNet.Server.Documenting;

/// <summary>Writes the language of manual pages, man(7).</summary>
internal sealed class Roff
{
    private readonly StringBuilder _text = new();

    /// <summary>The title line.</summary>
    public Roff Title(string name, int section, string date, string source)
        => Line($".TH {Quote(name.ToUpperInvariant())} {section} {Quote(date)} {Quote(source)}");

    /// <summary>A section.</summary>
    public Roff Section(string heading) => Line($".SH {Escape(heading)}");

    /// <summary>A subsection.</summary>
    public Roff Subsection(string heading) => Line($".SS {Quote(heading)}");

    /// <summary>A paragraph.</summary>
    public Roff Paragraph(string text) => Line(".PP").Line(Begin(Escape(text)));

    /// <summary>A term in bold, its value in italics, and what it means.</summary>
    public Roff Term(string term, string? value, string meaning)
    {
        Line(".TP");
        Line(value is null ? $"\\fB{Escape(term)}\\fR" : $"\\fB{Escape(term)}\\fR \\fI{Escape(value)}\\fR");
        return Line(Begin(Escape(meaning)));
    }

    /// <summary>Lines as they are: commands and files.</summary>
    public Roff Verbatim(params ReadOnlySpan<string> lines)
    {
        Line(".PP").Line(".RS 4").Line(".nf");
        foreach (var line in lines)
        {
            Line(Begin(Escape(line)));
        }

        return Line(".fi").Line(".RE");
    }

    public override string ToString() => _text.ToString();

    private Roff Line(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    private static string Quote(string text) => $"\"{Escape(text).Replace("\"", "\\(dq", StringComparison.Ordinal)}\"";

    /// <summary>A hyphen that is typed is another sign than one that is printed, and a backslash is a command.</summary>
    private static string Escape(string text)
        => text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);

    /// <summary>A line that begins with a dot or an apostrophe would be a request.</summary>
    private static string Begin(string line) => line.StartsWith('.') || line.StartsWith('\'') ? "\\&" + line : line;
}
