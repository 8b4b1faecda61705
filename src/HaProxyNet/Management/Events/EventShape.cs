using HaProxyNet.Control.Documents;

namespace HaProxyNet.Management.Events;

/// <summary>
/// What an event of the log is in <c>/api/v1/events</c>, and which placeholder of the line has which field. A test holds it against the
/// lines: a line can be reworded, and the fields of the API keep their names.
/// </summary>
/// <param name="Kind">The kind of the event.</param>
internal sealed record EventShape(string Kind)
{
    /// <summary>The placeholder of the cluster; null: it concerns the whole proxy.</summary>
    public string? Cluster { get; init; }

    /// <summary>The placeholder of the destination, of a switch the new one; null: it concerns none.</summary>
    public string? Destination { get; init; }

    /// <summary>The placeholder of the reason; null: there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>What else the event tells: the name in the API, and the placeholder.</summary>
    public IReadOnlyList<(string Name, string Placeholder)> Facts { get; init; } = [];

    /// <summary>Makes the event of a line.</summary>
    public StateEvent Read(DateTimeOffset at, IReadOnlyList<KeyValuePair<string, object?>> line, string text)
    {
        Dictionary<string, string>? facts = null;
        foreach (var (name, placeholder) in Facts)
        {
            if (Value(line, placeholder) is { Length: > 0 } value)
            {
                (facts ??= [])[name] = value;
            }
        }

        return new(at, Kind, Value(line, Cluster), Value(line, Destination), Value(line, Reason), text) { Facts = facts };
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, object?>> line, string? placeholder)
        => placeholder is null ? null : line.FirstOrDefault(field => field.Key == placeholder).Value?.ToString();
}
