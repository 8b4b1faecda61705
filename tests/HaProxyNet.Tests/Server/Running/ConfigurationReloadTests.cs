using HaProxyNet.Server.Running;
using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Server.Running;

public sealed class ConfigurationReloadTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("haproxynet-").FullName;
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
    private readonly IDisposable _counting;
    private int _reloads;

    public ConfigurationReloadTests()
        => _counting = ChangeToken.OnChange(_configuration.GetReloadToken, () => Interlocked.Increment(ref _reloads));

    private string File => Path.Combine(_folder, "haproxynet.json");

    public void Dispose()
    {
        _counting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Watched_ContentChanges_OneReloadEach()
    {
        await System.IO.File.WriteAllTextAsync(File, "one");
        using var reload = Watch();

        await System.IO.File.WriteAllTextAsync(File, "one");
        await System.IO.File.WriteAllTextAsync(File, "two");
        await ReloadsAsync(1);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);
        await System.IO.File.WriteAllTextAsync(File, "three");

        await ReloadsAsync(2);
    }

    /// <summary>A fault ends that reload: it is counted, and the next one works.</summary>
    [Fact]
    public void Now_SomethingThrows_CountedAndTheNextOneReloads()
    {
        var (faults, isFirst) = (new InternalFaults(), true);
        faults.Injection = place =>
        {
            if (place is FaultPlace.Reload && isFirst)
            {
                isFirst = false;
                throw new InvalidTimeZoneException("injected");
            }
        };
        using var reload = new ConfigurationReload(_configuration, file: null, _time, faults, NullLogger<ConfigurationReload>.Instance);

        reload.Now();
        Assert.Equal((1L, 0), (faults[FaultPlace.Reload], _reloads));

        reload.Now();
        Assert.Equal((1L, 1), (faults[FaultPlace.Reload], _reloads));
    }

    [Fact]
    public async Task Watched_AnotherFileTakesItsPlace_Reloads()
    {
        await System.IO.File.WriteAllTextAsync(File, "one");
        using var reload = Watch();

        await System.IO.File.WriteAllTextAsync(File + ".new", "two");
        System.IO.File.Move(File + ".new", File, overwrite: true);

        await ReloadsAsync(1);
    }

    [Fact]
    public async Task Watched_LinkedFolderIsSwapped_Reloads()
    {
        // As Kubernetes mounts a ConfigMap: the file is a link through a link to a folder, and that link is replaced.
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links take a privilege on Windows.");
        }

        foreach (var version in new[] { "one", "two" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, version));
            await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, version, "haproxynet.json"), version);
        }

        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "one");
        System.IO.File.CreateSymbolicLink(File, Path.Combine("..data", "haproxynet.json"));
        using var reload = Watch();

        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data_tmp"), "two");
        Directory.Move(Path.Combine(_folder, "..data"), Path.Combine(_folder, "..data_old"));
        Directory.Move(Path.Combine(_folder, "..data_tmp"), Path.Combine(_folder, "..data"));

        await ReloadsAsync(1);
    }

    [Fact]
    public async Task Now_ReloadsAtOnce_AndTheSameContentIsNotReadTwice()
    {
        await System.IO.File.WriteAllTextAsync(File, "one");
        using var reload = Watch();

        await System.IO.File.WriteAllTextAsync(File, "two");
        reload.Now();
        Assert.Equal(1, _reloads);
        await System.IO.File.WriteAllTextAsync(File, "three");

        await ReloadsAsync(2);
    }

    [Fact]
    public void NoFile_OnlyNowReloads()
    {
        using var reload =
            new ConfigurationReload(_configuration, file: null, _time, new InternalFaults(), NullLogger<ConfigurationReload>.Instance);
        reload.Now();

        Assert.Equal(1, _reloads);
    }

    private ConfigurationReload Watch() => new(_configuration, File, _time, new InternalFaults(), NullLogger<ConfigurationReload>.Instance);

    private async Task ReloadsAsync(int count)
    {
        await Eventually.HoldsAsync(
            () => Volatile.Read(ref _reloads) >= count, $"reload {count}", () => _time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal(count, _reloads);
    }
}
