using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Reloading;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// The service manager sees when a reload begins and ends. The first part of a reload: it is prepared first, and retires first.
/// </summary>
internal sealed class NotifiedReload(ServiceNotifier notifier) : IReloadPart
{
    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
    {
        notifier.OnReloading();
        return Task.FromResult<IPreparedPart>(new Prepared(notifier));
    }

    private sealed class Prepared(ServiceNotifier notifier) : IPreparedPart
    {
        public Task CommitAsync() => Task.CompletedTask;

        public Task GiveUpAsync() => EndAsync();

        public Task RollBackAsync() => EndAsync();

        public Task RetireAsync() => EndAsync();

        private Task EndAsync()
        {
            notifier.OnReloaded();
            return Task.CompletedTask;
        }
    }
}
