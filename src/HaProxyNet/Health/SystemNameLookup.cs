using System.Net;

namespace HaProxyNet.Health;

/// <summary>The system's resolver: its hosts file, its name servers, its order of IPv6 and IPv4.</summary>
internal sealed class SystemNameLookup : INameLookup
{
    public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation) => Dns.GetHostAddressesAsync(host, cancellation);
}
