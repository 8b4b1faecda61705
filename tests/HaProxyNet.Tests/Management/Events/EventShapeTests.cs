using System.Text.RegularExpressions;
using HaProxyNet.Management.Events;
using HaProxyNet.Tests.Architecture;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Management.Events;

/// <summary>
/// The fields of /api/v1/events do not change with the words of a log line: each shape knows all placeholders of its lines, and no others.
/// </summary>
public sealed partial class EventShapeTests
{
    private static readonly ILookup<int, string[]> _lines = Lines(
        line => Placeholders(string.Concat(Text().Matches(line.Groups["rest"].Value).Select(text => text.Value))));

    /// <summary>A line may carry a value that its text does not show.</summary>
    private static readonly ILookup<int, string[]> _parameters = Lines(
        line => [.. Parameter().Matches(line.Groups["parameters"].Value).Select(m => m.Groups["name"].Value)]);

    [Fact]
    public void EveryShape_HasALine()
        => Assert.Empty(EventKinds.Shapes.Where(shape => !_lines[shape.Key].Any()).Select(shape => shape.Value.Kind));

    [Fact]
    public void EveryPlaceholder_OfALine_IsAFieldOfItsShape()
        => Assert.Empty(
            from shape in EventKinds.Shapes
            from placeholder in _lines[shape.Key].SelectMany(line => line)
            where !Placeholders(shape.Value).Contains(placeholder)
            select $"{shape.Value.Kind}: {{{placeholder}}} is in the line and in no field");

    [Fact]
    public void EveryPlaceholder_OfAShape_IsInALine()
        => Assert.Empty(
            from shape in EventKinds.Shapes
            from placeholder in Placeholders(shape.Value)
            where !_lines[shape.Key].Any(line => line.Contains(placeholder))
                && !_parameters[shape.Key].Any(all => all.Contains(placeholder))
            select $"{shape.Value.Kind}: {{{placeholder}}} is in no line");

    [Fact]
    public void Read_ALine_FieldsAndFactsByTheirOwnNames()
    {
        var shape = new EventShape("moved")
        {
            Cluster = "Where",
            Destination = "New",
            Reason = "Because",
            Facts = [("from", "Old"), ("count", "N"), ("empty", "Nothing")],
        };

        var read = shape.Read(
            default,
            [new("Old", "a"), new("New", "b"), new("Where", "c"), new("Because", "refused"), new("N", 3), new("Nothing", "")],
            "text");

        Assert.Equal(("moved", "c", "b", "refused", "text"), (read.Kind, read.Cluster, read.Destination, read.Reason, read.Text));
        Assert.Equal([("count", "3"), ("from", "a")], read.Facts!.Select(fact => (fact.Key, fact.Value)).Order());
    }

    private static IEnumerable<string> Placeholders(EventShape shape)
        => new[] { shape.Cluster, shape.Destination, shape.Reason }.OfType<string>().Concat(shape.Facts.Select(fact => fact.Placeholder));

    /// <summary>The placeholders of each log line of the source, by the number of its event.</summary>
    private static ILookup<int, string[]> Lines(Func<Match, string[]> read)
    {
        var numbers = new[] { typeof(EventIds), typeof(TransportEventIds) }
            .SelectMany(type => type.GetFields().Where(field => field.IsLiteral))
            .DistinctBy(field => field.Name)
            .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!, StringComparer.Ordinal);
        return SourceFile.Under("src")
            .SelectMany(file => Line().Matches(string.Join('\n', file.Lines)))
            .ToLookup(
                line => numbers[line.Groups["id"].Value],
                read);
    }

    private static string[] Placeholders(string template) => [.. Placeholder().Matches(template).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex(
        @"\[LoggerMessage\((?:EventId = )?(?:\w+\.)*(?:Transport)?EventIds\.(?<id>\w+)(?<rest>.*?)\)\]\s[^(]*\((?<parameters>[^)]*)\)",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Line();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """, RegexOptions.None, 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<name>\w+)\s*(?:,|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
