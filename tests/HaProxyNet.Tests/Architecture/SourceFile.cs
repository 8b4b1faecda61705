namespace HaProxyNet.Tests.Architecture;

/// <summary>A file of the source tree, with its path from the repository's root.</summary>
public sealed record SourceFile(string Path, string[] Lines)
{
    private static readonly string[] _generated = [
        $"{System.IO.Path.DirectorySeparatorChar}obj{System.IO.Path.DirectorySeparatorChar}",
        $"{System.IO.Path.DirectorySeparatorChar}bin{System.IO.Path.DirectorySeparatorChar}",
    ];

    /// <summary>Every C# file under a folder of the repository.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder)
    {
        var root = Root();
        return [.. Directory.EnumerateFiles(System.IO.Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !_generated.Any(path.Contains))
            .Select(path => new SourceFile(System.IO.Path.GetRelativePath(root, path), File.ReadAllLines(path)))];
    }

    public override string ToString() => Path;

    /// <summary>The repository: the nearest folder above the tests that has the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "HaProxyNet.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("HaProxyNet.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
