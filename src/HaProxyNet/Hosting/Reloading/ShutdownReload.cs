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

    /// <summary>Lets the host wait until everything has stopped. An application that waits longer keeps its own time.</summary>
    public static void GiveTime(HostOptions host, ProxyOptions options)
    {
        if (host.ShutdownTimeout != Timeout.InfiniteTimeSpan && host.ShutdownTimeout < PatienceOf(options))
        {
            host.ShutdownTimeout = PatienceOf(options);
        }
    }

    private static TimeSpan PatienceOf(ProxyOptions options) => options.ShutdownDelay + options.ShutdownTimeout + _reserve;

    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
        => Task.FromResult<IPreparedPart>(new Prepared(host.Value, host.Value.ShutdownTimeout, next));

    private sealed class Prepared(HostOptions host, TimeSpan before, ProxyOptions next) : IPreparedPart
    {
        public Task CommitAsync()
        {
            GiveTime(host, next);
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
