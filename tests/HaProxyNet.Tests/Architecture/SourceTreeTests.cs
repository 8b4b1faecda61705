using System.Text.RegularExpressions;

namespace HaProxyNet.Tests.Architecture;

/// <summary>What keeps the source readable: short files, one type each, found where its name says.</summary>
public sealed partial class SourceTreeTests
{
    private const int LongestFile = 300;
    private static readonly string[] _emptyNames =
        ["Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common", "Misc"];
    private static readonly IReadOnlyList<SourceFile> _files = SourceFile.Under("src");

    [Theory]
    [InlineData("src", 60, LongestFile)]
    [InlineData("tests", 70, LongestFile)]
    public void EveryFile_IsShort(string folder, int median, int longest)
    {
        var files = SourceFile.Under(folder);

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, f => f.Lines.Length > longest);
        Assert.InRange(files.Select(f => f.Lines.Length).Order().ElementAt(files.Count / 2), 1, median);
        Assert.InRange(files.Select(f => f.Lines.Length).Order().ElementAt(files.Count * 9 / 10), 1, 200);
    }

    /// <summary>One type, or a small one with the class that is its words or returns it.</summary>
    [Fact]
    public void EveryFile_HasOneTypeOfItsName()
    {
        var wrong = _files.Where(f => Path.GetFileName(f.Path) != "Program.cs").Where(f =>
        {
            var types = TypesOf(f);
            return !types.Contains(Path.GetFileNameWithoutExtension(f.Path).Split('.')[0])
                || types.Count - f.Lines.Count(l => Small().IsMatch(l)) > 1;
        });

        Assert.Empty(wrong.Select(f => $"{f.Path}: {string.Join(", ", TypesOf(f))}"));
    }

    [Fact]
    public void EveryNamespace_FollowsTheFolders()
    {
        var wrong = _files.Where(f => Path.GetFileName(f.Path) != "Program.cs").Where(f =>
            !NamespacesOf(f).Contains(f.Lines.FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))));

        Assert.Empty(wrong);
    }

    /// <summary>What tests one type stands in the room of that type: <c>Server/Demo</c> for src/HaProxyNet.Server/Demo.</summary>
    [Fact]
    public void EveryTestOfAType_StandsInItsRoom()
    {
        var rooms = _files.ToLookup(TypeOf, f => RoomOf(f.Path["src/HaProxyNet".Length..]));
        var wrong = SourceFile.Under("tests/HaProxyNet.Tests").Where(f =>
            TestsOf().Match(TypeOf(f)) is { Success: true } tested
            && rooms[tested.Groups["type"].Value].Distinct().ToList() is [var room]
            && RoomOf(f.Path["tests/HaProxyNet.Tests".Length..]) is var stands
            && stands != room
            && stands != nameof(Documentation));

        Assert.Empty(wrong);
    }

    [Fact]
    public void NoName_SaysNothing()
    {
        var wrong = _files.Where(f => f.Path.Split(Path.DirectorySeparatorChar, '.')
            .Concat(TypesOf(f)).Any(name => _emptyNames.Any(empty => name.EndsWith(empty, StringComparison.Ordinal))));

        Assert.Empty(wrong);
    }

    private static List<string> TypesOf(SourceFile file)
        => [.. file.Lines.Select(l => TopLevelType().Match(l)).Where(m => m.Success).Select(m => m.Groups["name"].Value)];

    private static string TypeOf(SourceFile file) => Path.GetFileName(file.Path).Split('.')[0];

    private static string RoomOf(string path) => Path.GetDirectoryName(path)!.Replace('\\', '/').TrimStart('.', '/');

    /// <summary>What an embedding application calls is found without a using, as ASP.NET Core's own extensions are.</summary>
    private static IEnumerable<string> NamespacesOf(SourceFile file)
        => NamespaceOf(file) == "HaProxyNet.Hosting.Embedding"
            ? [
                "namespace HaProxyNet.Hosting.Embedding;",
                "namespace Microsoft.Extensions.DependencyInjection;",
                "namespace Microsoft.AspNetCore.Builder;",
            ]
            : [$"namespace {NamespaceOf(file)};"];

    /// <summary><c>src/HaProxyNet/State/Yarp/X.cs</c> is in <c>HaProxyNet.State.Yarp</c>.</summary>
    private static string NamespaceOf(SourceFile file)
        => string.Join('.', Path.GetDirectoryName(file.Path)!.Split(Path.DirectorySeparatorChar).Skip(1));

    [GeneratedRegex("^(?<type>.+)(Tests|Properties)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TestsOf();

    /// <summary>An enum, or a record.</summary>
    [GeneratedRegex(@"^(?:public|internal)\s+(?:(?:sealed|readonly)\s+)*(?:enum|record)\s", RegexOptions.None, 60_000)]
    private static partial Regex Small();

    [GeneratedRegex(
        @"^(?:public|internal|file)\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
            + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+\S+)\s+(?<name>\w+)",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex TopLevelType();
}
