using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Reloading;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>Takes over certificates: all are loaded before the first of them is used.</summary>
internal sealed class CertificateReload(CertificateRenewal renewal) : IReloadPart
{
    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
    {
        var loaded = renewal.Prepare(next);
        foreach (var fault in loaded.Faults)
        {
            faults.Add(fault);
        }

        return Task.FromResult<IPreparedPart>(new Prepared(renewal, renewal.InForce(), loaded));
    }

    private sealed class Prepared(CertificateRenewal renewal, PreparedCertificates before, PreparedCertificates loaded) : IPreparedPart
    {
        public Task CommitAsync()
        {
            renewal.Take(loaded);
            return Task.CompletedTask;
        }

        public Task GiveUpAsync() => Task.CompletedTask;

        public Task RollBackAsync()
        {
            renewal.Take(before);
            return Task.CompletedTask;
        }

        public Task RetireAsync()
        {
            renewal.Announce(loaded);
            return Task.CompletedTask;
        }
    }
}
