using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Maintaining;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>How often the shared store is read.</summary>
public sealed class MaintenanceSyncTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStore _store = new();

    /// <summary>Some other data under the prefix changes without an end, or a gateway sends empty lines.</summary>
    [Fact]
    public async Task WatchThatFloods_IsReadOnceAPause()
    {
        var flooded = new TaskCompletionSource();
        _store.Watch = async (changed, stop) =>
        {
            for (var call = 0; call < 10_000; call++)
            {
                changed();
                await Task.Yield();
            }

            flooded.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        };
        using var sync = Sync();

        await sync.StartAsync(CancellationToken.None);
        await flooded.Task;
        await Until(() => _store.Reads > 0);

        Assert.Equal(1, _store.Reads);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Until(() => _store.Reads == 2);
        await sync.StopAsync(CancellationToken.None);
    }

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Yield();
        }
    }

    private MaintenanceSync Sync()
    {
        var options = new ProxyOptions();
        options.Clusters["agents"] = new() { Destinations = [new DestinationOptions { Name = "a", Address = "127.0.0.1:1" }] };
        var metrics = new ProxyMetrics();
        return new(
            _store,
            new StoreCondition(options, metrics, _time, NullLogger<StoreCondition>.Instance),
            new MaintenanceInForce(new SettingControl(), NullLogger<MaintenanceInForce>.Instance),
            memory: null!,
            new ClusterDirectory(options, new KnownAddresses(), metrics, _time),
            new InternalFaults(),
            _time,
            NullLogger<MaintenanceSync>.Instance);
    }
}
