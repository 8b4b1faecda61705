using HaProxyNet.Configuration;
using HaProxyNet.Reloading;
using HaProxyNet.Server.Running;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Tests.Server.Running;

/// <summary>The section Logging is taken over with the rest of the configuration, or not at all.</summary>
public sealed class SoundLoggingTests
{
    private const string Level = "LogLevel:Default";
    private readonly IConfigurationRoot _root =
        new ConfigurationBuilder().AddInMemoryCollection([new($"Logging:{Level}", "Warning")]).Build();

    [Fact]
    public async Task Reload_OnlyWhatIsCommittedIsInForce()
    {
        var logging = new SoundLogging(_root);
        Assert.Equal("Warning", logging.Settings[Level]);

        Set("Debug");
        Assert.Equal("Warning", logging.Settings[Level]);

        await (await PrepareAsync(logging)).GiveUpAsync();
        Assert.Equal("Warning", logging.Settings[Level]);

        var prepared = await PrepareAsync(logging);
        await prepared.CommitAsync();
        Assert.Equal("Debug", logging.Settings[Level]);

        await prepared.RollBackAsync();
        Assert.Equal("Warning", logging.Settings[Level]);
    }

    [Fact]
    public async Task Reload_LevelThatIsNone_TheLastSoundOneStays()
    {
        var logging = new SoundLogging(_root);
        Set("Loud");

        await (await PrepareAsync(logging)).CommitAsync();

        Assert.Equal("Warning", logging.Settings[Level]);
    }

    private static Task<IPreparedPart> PrepareAsync(SoundLogging logging) => logging.PrepareAsync(new ProxyOptions(), []);

    private void Set(string level)
    {
        _root[$"Logging:{Level}"] = level;
        _root.Reload();
    }
}
