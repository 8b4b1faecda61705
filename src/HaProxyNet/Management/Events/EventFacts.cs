namespace HaProxyNet.Management.Events;

/// <summary>The parts of a log line that are not the event's own properties already.</summary>
internal static class EventFacts
{
    private static readonly string[] _known = ["Cluster", "Destination", "To", "Reason", "{OriginalFormat}"];

    /// <summary>Their names and values; null when there is none.</summary>
    public static IReadOnlyDictionary<string, string>? Of(IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        Dictionary<string, string>? facts = null;
        foreach (var (name, value) in fields)
        {
            if (!_known.Contains(name, StringComparer.Ordinal) && value?.ToString() is { Length: > 0 } text)
            {
                (facts ??= [])[char.ToLowerInvariant(name[0]) + name[1..]] = text;
            }
        }

        return facts;
    }
}
