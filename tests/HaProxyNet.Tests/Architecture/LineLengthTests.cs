namespace HaProxyNet.Tests.Architecture;

/// <summary>Lines that fit side by side on a screen, and into a mail.</summary>
public sealed class LineLengthTests
{
    private const int LongestOfSource = 140;
    private const int LongestOfPages = 160;

    /// <summary>What a program writes, not a person.</summary>
    private static readonly string[] _generated = ["bin", "obj", "results", ".git"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("samples")]
    public void EveryLineOfSource_IsShort(string folder)
    {
        var files = SourceFile.Under(folder);

        Assert.NotEmpty(files);
        Assert.Empty(files
            .SelectMany(f => f.Lines.Where(l => l.Length > LongestOfSource).Select(l => $"{f.Path}: {l.Trim()}")));
    }

    [Fact]
    public void EveryLineOfThePages_IsShort()
    {
        var root = SourceFile.Root();
        var pages = Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(_generated.Contains))
            .ToList();

        Assert.NotEmpty(pages);
        Assert.Empty(pages
            .SelectMany(p => TextOf(File.ReadAllLines(Path.Combine(root, p))).Where(IsLong).Select(l => $"{p}: {l}")));
    }

    private static bool IsLong(string line) => line.Length > LongestOfPages;

    /// <summary>Without what cannot be broken: rows of tables, pictures, commands and output.</summary>
    private static IEnumerable<string> TextOf(string[] lines)
    {
        var isCode = false;
        foreach (var line in lines.Select(l => l.TrimStart()))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && !line.StartsWith('|') && !line.StartsWith("![", StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }
}
