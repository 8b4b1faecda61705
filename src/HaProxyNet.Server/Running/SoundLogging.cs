using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Primitives;

namespace HaProxyNet.Server.Running;

/// <summary>
/// The section <c>Logging</c> as it was when it was last sound. .NET throws for a level that it does not know, out of the reload; it never
/// gets to see one.
/// </summary>
internal sealed class SoundLogging : ConfigurationProvider, IConfigurationSource
{
    private readonly IConfigurationRoot _root;

    private SoundLogging(IConfigurationRoot root) => _root = root;

    /// <summary>The section, kept in step with the configuration.</summary>
    public static IConfiguration Of(IConfigurationRoot root)
    {
        var sound = new SoundLogging(root);
        var settings = new ConfigurationBuilder().Add(sound).Build();
        ChangeToken.OnChange(root.GetReloadToken, sound.Take);
        return settings;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        if (LogLevelCheck.IsSound(_root))
        {
            Data = _root.GetSection(LogLevelCheck.SectionName).AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Key.Length > 0)
                .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        }
    }

    private void Take()
    {
        Load();
        OnReload();
    }
}
