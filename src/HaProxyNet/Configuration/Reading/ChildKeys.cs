using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// What stands below what in a set of settings. .NET's own providers look at every key for every section, so that reading a configuration
/// takes time that grows with the square of its size. Immutable.
/// </summary>
internal sealed class ChildKeys
{
    /// <summary>The top, which has no path.</summary>
    private const string Top = "";

    private readonly Dictionary<string, List<string>> _below = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Indexes settings by their full keys.</summary>
    public ChildKeys(IEnumerable<string> keys)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            Add(key, known);
        }

        foreach (var children in _below.Values)
        {
            children.Sort(ConfigurationKeyComparer.Instance);
        }
    }

    /// <summary>The keys directly below a path, and those that sources before this one have there, in order.</summary>
    public IEnumerable<string> Below(string? path, IEnumerable<string> earlier)
    {
        IReadOnlyList<string> own = _below.GetValueOrDefault(path ?? Top) ?? [];
        List<string> all = [.. earlier];
        if (all.Count == 0)
        {
            return own;
        }

        all.AddRange(own);
        all.Sort(ConfigurationKeyComparer.Instance);
        return all;
    }

    /// <summary>Notes each part of a key below the parts before it. A path that is known has all its parents there.</summary>
    private void Add(string key, HashSet<string> known)
    {
        for (var path = key; path.Length > 0 && known.Add(path);)
        {
            var colon = path.LastIndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
            var parent = colon < 0 ? Top : path[..colon];
            if (!_below.TryGetValue(parent, out var children))
            {
                _below[parent] = children = [];
            }

            children.Add(path[(colon + 1)..]);
            path = parent;
        }
    }
}
