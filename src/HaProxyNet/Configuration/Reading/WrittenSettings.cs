using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// What the configuration says of one listener or cluster, as it is written. A reload leaves alone what is written as before: whatever
/// hangs on it (a client that is told to go, a row of probes) ends only for a change. Immutable.
/// </summary>
internal sealed class WrittenSettings
{
    private readonly KeyValuePair<string, string?>[] _settings;

    private WrittenSettings(IEnumerable<KeyValuePair<string, string?>> settings)
        => _settings = [.. settings.OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Copies a section.</summary>
    public static WrittenSettings Of(IConfigurationSection section) => new(section.AsEnumerable(makePathsRelative: true));

    /// <summary>Whether both say the same. Upper and lower case of a key are the same, as they are to the reader of the file.</summary>
    public bool IsSame(WrittenSettings other) => _settings.Length == other._settings.Length
        && _settings.Zip(other._settings).All(pair =>
            string.Equals(pair.First.Key, pair.Second.Key, StringComparison.OrdinalIgnoreCase) && pair.First.Value == pair.Second.Value);
}
