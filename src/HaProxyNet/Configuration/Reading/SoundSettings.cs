using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>The settings of all sources that were found to be of the right shape: what options are bound from.</summary>
internal sealed class SoundSettings : ConfigurationProvider, IConfigurationSource
{
    private readonly ChildKeys _keys;

    public SoundSettings(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        foreach (var (key, value) in settings)
        {
            Data[key] = value;
        }

        _keys = new ChildKeys(Data.Keys);
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        => _keys.Below(parentPath, earlierKeys);
}
