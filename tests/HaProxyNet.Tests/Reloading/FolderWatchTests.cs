using HaProxyNet.Reloading;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Reloading;

public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("haproxynet-").FullName;
    private readonly InternalFaults _faults = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The receiver's fault ends that notification: it is counted, and the next change is told of.</summary>
    [Fact]
    public async Task Changed_ReceiverThrows_CountedAndTheNextChangeIsToldOf()
    {
        var calls = 0;
        using var watch = Watch(() =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                throw new InvalidTimeZoneException("injected");
            }
        });

        await ChangeUntilAsync(() => _faults[FaultPlace.FolderWatch] == 1);
        await ChangeUntilAsync(() => Volatile.Read(ref calls) > 1);

        Assert.Equal(1, _faults[FaultPlace.FolderWatch]);
    }

    [Fact]
    public async Task Changed_WatcherThrows_CountedAndTheNextChangeIsToldOf()
    {
        var (calls, thrown) = (0, 0);
        _faults.Injection = place =>
        {
            if (place is FaultPlace.FolderWatch && Interlocked.Exchange(ref thrown, 1) == 0)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };
        using var watch = Watch(() => Interlocked.Increment(ref calls));

        await ChangeUntilAsync(() => Volatile.Read(ref calls) > 0);

        Assert.Equal(1, _faults[FaultPlace.FolderWatch]);
    }

    /// <summary>A log next to the file is written a thousand times a second.</summary>
    [Fact]
    public async Task Changed_AnotherFileOfTheFolder_IsPassedOver()
    {
        var (looks, witnessed) = (0, 0);
        using var watch = new FolderWatch(() => Interlocked.Increment(ref looks), (_, _) => { }, TimeProvider.System, _faults);
        watch.Watch([Path.Combine(_folder, "other")]);
        using var witness = Watch(() => Interlocked.Increment(ref witnessed));

        await ChangeUntilAsync(() => Volatile.Read(ref witnessed) == 3);

        Assert.Equal(0, looks);
    }

    [Fact]
    public async Task Changed_ALinkOnTheWayIsReplaced_IsToldOf()
    {
        foreach (var release in (string[])["1", "2"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, release));
            await File.WriteAllTextAsync(Path.Combine(_folder, release, "file"), release, TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(Path.Combine(_folder, "data"), "1");
        File.CreateSymbolicLink(Path.Combine(_folder, "file"), Path.Combine("data", "file"));
        var told = new TaskCompletionSource();
        using var watch = new FolderWatch(() => told.TrySetResult(), (_, _) => { }, TimeProvider.System, _faults);
        watch.Watch(LinkTrail.Places(Path.Combine(_folder, "file")));

        File.Delete(Path.Combine(_folder, "data"));
        File.CreateSymbolicLink(Path.Combine(_folder, "data"), "2");

        await told.Task.WaitAsync(_bound, TestContext.Current.CancellationToken);
    }

    private FolderWatch Watch(Action changed)
    {
        var watch = new FolderWatch(changed, (_, _) => { }, TimeProvider.System, _faults);
        watch.Watch([Path.Combine(_folder, "file")]);
        return watch;
    }

    private async Task ChangeUntilAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(_bound);
        for (var change = 0; !condition(); change++)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "file"), $"{change}", bound.Token);
            await Task.Delay(20, bound.Token);
        }
    }
}
