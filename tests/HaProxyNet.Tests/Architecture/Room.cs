using System.Text.RegularExpressions;

namespace HaProxyNet.Tests.Architecture;

/// <summary>A folder at the top of a project, and what its files say that they know of the other rooms.</summary>
internal sealed partial class Room(string project, string name, IReadOnlyList<SourceFile> files)
{
    /// <summary>The folder; "." for what stands in none.</summary>
    public string Name => name;

    private HashSet<string> Types { get; } = [.. files.SelectMany(f => f.Lines).Select(l => Declaration().Match(l)).Where(m => m.Success)
        .Select(m => m.Groups["type"].Value)];

    /// <summary>The rooms of a project under src.</summary>
    public static IReadOnlyList<Room> Of(string project)
        => [.. SourceFile.Under($"src/{project}")
            .GroupBy(f => f.Path.Split(Path.DirectorySeparatorChar) is [_, _, var room, _, ..] ? room : ".")
                .Select(group => new Room(project, group.Key, [.. group]))];

    /// <summary>Each file's use of another room.</summary>
    public IEnumerable<(string File, Room Used)> Uses(IReadOnlyList<Room> rooms)
        => from file in files
           let code = file.Lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).ToList()
           from room in rooms
           where room != this && code.Exists(room.IsNamedIn)
           select (file.Path, room);

    /// <summary>By a using, by a qualified name, or, for what stands in no room and so is seen by all, by a type's name.</summary>
    private bool IsNamedIn(string line)
    {
        if (name == ".")
        {
            return Word().EnumerateMatches(line) is var words && Any(line, words, Types);
        }

        if (line.StartsWith("using ", StringComparison.Ordinal))
        {
            return line.TrimEnd(';') is var used
                && (used == $"using {project}.{name}" || used.StartsWith($"using {project}.{name}.", StringComparison.Ordinal));
        }

        return Chain().Matches(line).Any(m =>
        {
            var chain = m.Value.StartsWith(project + ".", StringComparison.Ordinal) ? m.Value[(project.Length + 1)..] : m.Value;
            return chain.Split('.') is [var first, .. var rest] && first == name && rest.Any(Types.Contains);
        });
    }

    private static bool Any(string line, Regex.ValueMatchEnumerator words, HashSet<string> types)
    {
        foreach (var word in words)
        {
            if (types.Contains(line.Substring(word.Index, word.Length)))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"^(?:public|internal)\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
            + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+\S+)\s+(?<type>\w+)",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.""])[A-Z]\w*", RegexOptions.None, 60_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w.""])[A-Z]\w*(\.[A-Z]\w*)+", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Chain();
}
