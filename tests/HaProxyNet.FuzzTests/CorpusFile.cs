using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests;

/// <summary>
/// A hello kept as text: a line that says what it is, a line that says what the parser makes of it (<c># = …</c>), and the bytes in
/// hexadecimal.
/// </summary>
internal sealed record CorpusFile(string Name, string Says, string Expected, byte[] Bytes)
{
    private const string ExpectedMark = "# = ";

    /// <summary>The corpus that stands beside this program.</summary>
    public static string Home => Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static IReadOnlyList<CorpusFile> All() => [.. Directory.GetFiles(Home, "*.hello").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The one of this name.</summary>
    public static CorpusFile Named(string name) => Read(Path.Combine(Home, name + ".hello"));

    /// <summary>What the parser makes of it now.</summary>
    public string Result()
    {
        var result = HelloParser.Parse(Bytes);
        return ReferenceResult.Of(result).Text + result.Status switch
        {
            HelloStatus.Complete => "",
            HelloStatus.NeedMore => $" at_least={result.AtLeast}",
            _ => $" {result.Fault}",
        };
    }

    private static CorpusFile Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return new(
            Path.GetFileNameWithoutExtension(path),
            lines[0][2..],
            lines.FirstOrDefault(l => l.StartsWith(ExpectedMark, StringComparison.Ordinal))?[ExpectedMark.Length..] ?? "",
            Convert.FromHexString(string.Concat(lines.Where(l => !l.StartsWith('#')))));
    }
}
