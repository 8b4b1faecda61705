namespace HaProxyNet.FuzzTests;

/// <summary>
/// An input kept as text: a line that says what it is, a line that says what the parser makes of it (<c># = …</c>), and the bytes in
/// hexadecimal.
/// </summary>
internal sealed record CorpusFile(string Name, string Says, string Expected, byte[] Bytes, IFuzzTarget Target)
{
    private const string ExpectedMark = "# = ";

    /// <summary>The corpus that stands next to this program.</summary>
    public static string Home => Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>The files of one parser.</summary>
    public static IReadOnlyList<CorpusFile> All(string target = "hello")
        => [.. Directory.GetFiles(Home, "*." + target).Order(StringComparer.Ordinal).Select(path => Read(path, FuzzTargets.Named(target)))];

    /// <summary>The one of this name.</summary>
    public static CorpusFile Named(string name, string target = "hello")
        => Read(Path.Combine(Home, $"{name}.{target}"), FuzzTargets.Named(target));

    /// <summary>What the parser makes of it now.</summary>
    public string Result() => Target.Describe(Bytes);

    private static CorpusFile Read(string path, IFuzzTarget target)
    {
        var lines = File.ReadAllLines(path);
        return new(
            Path.GetFileNameWithoutExtension(path),
            lines[0][2..],
            lines.FirstOrDefault(l => l.StartsWith(ExpectedMark, StringComparison.Ordinal))?[ExpectedMark.Length..] ?? "",
            Convert.FromHexString(string.Concat(lines.Where(l => !l.StartsWith('#')))),
            target);
    }
}
