using System.Text.RegularExpressions;

namespace HaProxyNet.Telemetry.Inherited;

/// <summary>What a series is about: a listener, a cluster, or a destination of a cluster.</summary>
internal readonly partial record struct SeriesOwner(string? Listener, string? Cluster, string? Destination)
{
    /// <summary>In milliseconds; it takes some microseconds.</summary>
    private const int LongestMatch = 60_000;

    public static SeriesOwner OfListener(string name) => new(name, null, null);

    public static SeriesOwner OfCluster(string name) => new(null, name, null);

    public static SeriesOwner OfDestination(string cluster, string name) => new(null, cluster, name);

    /// <summary>The owners of a series, by its labels; an empty label names none.</summary>
    public static SeriesOwner[] Of(string series)
    {
        var labels = Label().Matches(series)
            .Select(match => (Name: match.Groups["name"].Value, Value: Unescape(match.Groups["value"].Value)))
            .Where(label => label.Value.Length > 0)
            .ToList();
        var cluster = labels.Find(label => label.Name == "cluster").Value ?? "";
        return [.. labels.Select(label => Of(label.Name, label.Value, cluster)).OfType<SeriesOwner>()];
    }

    private static SeriesOwner? Of(string label, string value, string cluster) => label switch
    {
        "listener" => OfListener(value),
        "cluster" => OfCluster(value),
        "destination" or "from" or "to" => OfDestination(cluster, value),
        _ => null,
    };

    private static string Unescape(string value) => value.Contains('\\', StringComparison.Ordinal)
        ? Escape().Replace(value, match => match.ValueSpan[1] is 'n' ? "\n" : match.Value[1..])
        : value;

    [GeneratedRegex("""(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"[,}]""", RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.", RegexOptions.None, LongestMatch)]
    private static partial Regex Escape();
}
