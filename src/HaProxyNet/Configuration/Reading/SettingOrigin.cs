using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// Knows which source a setting comes from: an operator who searches the file does not look at the environment, and the environment often
/// writes in capitals what the file has named otherwise.
/// </summary>
internal sealed class SettingOrigin(IConfiguration configuration)
{
    private readonly IConfigurationProvider[] _providers = [.. ProvidersOf(configuration)];

    /// <summary>The configuration files among the sources.</summary>
    public IEnumerable<ConfigurationFileProvider> Files => _providers.OfType<ConfigurationFileProvider>();

    /// <summary>The environment variable that set this; null when something else did, or had a part in it.</summary>
    public string? EnvironmentVariableOf(SettingPath path)
    {
        var setter = _providers.LastOrDefault(provider => provider.TryGet(path.Key, out _)) ?? OnlyOneBelow(path);
        return setter is EnvironmentVariablesConfigurationProvider ? NameOf(path, setter) : null;
    }

    /// <summary>A name as the first source that has it spells it: the file before the environment.</summary>
    public string SpellingOf(SettingPath parent, string name) =>
        _providers.SelectMany(provider => provider.GetChildKeys([], parent.Key))
            .FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <summary>A host wraps the configuration that it is given in one more layer.</summary>
    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration configuration) =>
        configuration is IConfigurationRoot root
            ? root.Providers.SelectMany(provider => provider is ChainedConfigurationProvider chained
            ? ProvidersOf(chained.Configuration)
            : [provider])
            : [];

    private static bool HasBelow(IConfigurationProvider provider, string key) => provider.GetChildKeys([], key).Any();

    /// <summary>A variable may name a key below the one that is wrong: <c>HAPROXYNET__Listners__web__Endpoint</c>.</summary>
    private static string NameOf(SettingPath path, IConfigurationProvider provider)
    {
        var key = path.Key;
        while (!provider.TryGet(key, out _) && provider.GetChildKeys([], key).FirstOrDefault() is { } child)
        {
            key = ConfigurationPath.Combine(key, child);
        }

        var name = key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);
        return name.StartsWith(ProxyOptions.SectionName, StringComparison.OrdinalIgnoreCase)
            ? ProxyOptions.SectionName.ToUpperInvariant() + name[ProxyOptions.SectionName.Length..]
            : name;
    }

    private IConfigurationProvider? OnlyOneBelow(SettingPath path)
    {
        var setters = _providers.Where(provider => HasBelow(provider, path.Key)).ToArray();
        return setters.Length == 1 ? setters[0] : null;
    }
}
