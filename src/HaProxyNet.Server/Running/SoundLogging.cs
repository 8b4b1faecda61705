using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Reloading;

namespace HaProxyNet.Server.Running;

/// <summary>
/// The section <c>Logging</c> as it was when it was last sound: .NET throws for a level that it does not know, out of the reload, so it
/// never gets to see one. It is taken over with the rest of the configuration, or not at all.
/// </summary>
internal sealed class SoundLogging : ConfigurationProvider, IConfigurationSource, IReloadPart
{
    private readonly IConfigurationRoot _root;

    /// <param name="root">Where the section comes from.</param>
    public SoundLogging(IConfigurationRoot root)
    {
        _root = root;
        Settings = new ConfigurationBuilder().Add(this).Build();
    }

    /// <summary>The section as it is in force.</summary>
    public IConfiguration Settings { get; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        if (LogLevelCheck.IsSound(_root))
        {
            Data = Read();
        }
    }

    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
        => Task.FromResult<IPreparedPart>(new Prepared(this, Data, LogLevelCheck.IsSound(_root) ? Read() : Data));

    private Dictionary<string, string?> Read() => _root.GetSection(LogLevelCheck.SectionName).AsEnumerable(makePathsRelative: true)
        .Where(setting => setting.Key.Length > 0)
        .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);

    private Task TakeAsync(IDictionary<string, string?> settings)
    {
        Data = settings;
        OnReload();
        return Task.CompletedTask;
    }

    private sealed class Prepared(SoundLogging logging, IDictionary<string, string?> before, IDictionary<string, string?> next)
        : IPreparedPart
    {
        public Task CommitAsync() => logging.TakeAsync(next);

        public Task GiveUpAsync() => Task.CompletedTask;

        public Task RollBackAsync() => logging.TakeAsync(before);

        public Task RetireAsync() => Task.CompletedTask;
    }
}
