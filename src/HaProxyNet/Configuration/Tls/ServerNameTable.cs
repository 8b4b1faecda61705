using System.Collections.Frozen;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Tls;

/// <summary>
/// Finds what belongs to a server name. A name beats a wildcard; <c>*.dmz.example</c> stands for exactly one label more, as in
/// certificates: for <c>a.dmz.example</c>, not for <c>dmz.example</c> or <c>a.b.dmz.example</c>. Upper and lower case are the same.
/// Immutable.
/// </summary>
/// <typeparam name="T">What belongs to a name.</typeparam>
internal sealed class ServerNameTable<T>
{
    private const string Wildcard = "*.";

    private readonly FrozenDictionary<string, T> _names;
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _domains;

    /// <summary>Takes over the names; of one that is there twice the first counts.</summary>
    public ServerNameTable(IEnumerable<(string Name, T Value)> entries)
    {
        var known = entries.Select(e => (Name: Key(e.Name), e.Value)).DistinctBy(e => e.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var exact = known.Where(e => !IsWildcard(e.Name));
        var domains = known.Where(e => IsWildcard(e.Name)).Select(e => (Name: e.Name[Wildcard.Length..], e.Value));
        _names = exact.ToFrozenDictionary(e => e.Name, e => e.Value, StringComparer.OrdinalIgnoreCase);
        _domains = domains
            .ToFrozenDictionary(e => e.Name, e => e.Value, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What belongs to a name; the default when nothing does, or when there is no name. Allocates nothing.</summary>
    public T? Find(string? name)
    {
        if (name is null)
        {
            return default;
        }

        if (_names.TryGetValue(name, out var found))
        {
            return found;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _domains.TryGetValue(name.AsSpan(dot + 1), out found) ? found : default;
    }

    /// <summary>Whether this stands for the names of a domain.</summary>
    public static bool IsWildcard(string name) => name.StartsWith(Wildcard, StringComparison.Ordinal);

    /// <summary>The name without the dot of the root: clients send none.</summary>
    public static string Key(string name) => HostName.WithoutDot(name);
}
