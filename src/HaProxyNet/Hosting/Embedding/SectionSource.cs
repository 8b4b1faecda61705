using HaProxyNet.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace HaProxyNet.Hosting.Embedding;

/// <summary>A section of the application's configuration, wherever it stands there, as the section that the proxy reads.</summary>
internal sealed class SectionSource : ConfigurationProvider, IConfigurationSource, IDisposable
{
    private readonly IConfigurationSection _section;
    private readonly IDisposable _following;

    public SectionSource(IConfigurationSection section)
    {
        _section = section;
        _following = ChangeToken.OnChange(section.GetReloadToken, OnChanged);
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() => Data = _section.AsEnumerable(makePathsRelative: true).Where(setting => setting.Value is not null)
        .ToDictionary(
            setting => ConfigurationPath.Combine(ProxyOptions.SectionName, setting.Key),
            setting => setting.Value,
            StringComparer.OrdinalIgnoreCase);

    public void Dispose() => _following.Dispose();

    private void OnChanged()
    {
        Load();
        OnReload();
    }
}
