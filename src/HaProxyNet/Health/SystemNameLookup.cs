using System.Collections.Concurrent;
using System.Net;

namespace HaProxyNet.Health;

/// <summary>
/// The system's resolver: its hosts file, its name servers, its order of IPv6 and IPv4. It blocks a thread for as long as nobody answers
/// (resolv.conf(5): 10 s or more), so it has threads of its own, and a name that is being asked for is not asked for a second time.
/// </summary>
internal sealed class SystemNameLookup(LookupThreads threads) : INameLookup
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> _asking = new(StringComparer.OrdinalIgnoreCase);

    public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
        => _asking.GetOrAdd(host, static (name, self) => new(() => self.AskAsync(name)), this).Value.WaitAsync(cancellation);

    private async Task<IPAddress[]> AskAsync(string host)
    {
        try
        {
            return await threads.RunAsync(() => Dns.GetHostAddresses(host));
        }
        finally
        {
            _asking.TryRemove(host, out _);
        }
    }
}
