using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Reloading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>Takes over how long the host waits for a shutdown.</summary>
internal sealed class ShutdownReload(IOptions<HostOptions> host) : IReloadPart
{
    /// <summary>The host gives up only after the drain had its time.</summary>
    private static readonly TimeSpan _reserve = TimeSpan.FromSeconds(10);

    /// <summary>How long the host waits for everything to stop.</summary>
    public static TimeSpan PatienceOf(ProxyOptions options) => options.ShutdownDelay + options.ShutdownTimeout + _reserve;

    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
        => Task.FromResult<IPreparedPart>(new Prepared(host.Value, host.Value.ShutdownTimeout, PatienceOf(next)));

    private sealed class Prepared(HostOptions host, TimeSpan before, TimeSpan patience) : IPreparedPart
    {
        public Task CommitAsync()
        {
            host.ShutdownTimeout = patience;
            return Task.CompletedTask;
        }

        public Task GiveUpAsync() => Task.CompletedTask;

        public Task RollBackAsync()
        {
            host.ShutdownTimeout = before;
            return Task.CompletedTask;
        }

        public Task RetireAsync() => Task.CompletedTask;
    }
}
