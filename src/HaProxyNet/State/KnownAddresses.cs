using System.Collections.Concurrent;
using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.State;

/// <summary>
/// What each host name resolved to last. Addresses belong to names and not to destinations: a reload that moves or renames a destination
/// does not ask again before it is served, and not at all while the name servers are away. Any thread.
/// </summary>
internal sealed class KnownAddresses
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _byHost = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an address needs no question before connections can be made to it.</summary>
    public bool Has(DestinationAddress address) => address.IsIPAddress || _byHost.ContainsKey(address.Host);

    /// <summary>The end points of an address, in the order in which they are tried; empty: its name has never resolved.</summary>
    public IPEndPoint[] Of(DestinationAddress address)
    {
        if (IPAddress.TryParse(address.Host, out var literal))
        {
            return [new IPEndPoint(literal, address.Port)];
        }

        // Asked for as it is written; until that answers, with and without the dot of the root are the same name.
        return _byHost.TryGetValue(address.Host, out var known) || _byHost.TryGetValue(Twin(address.Host), out known)
            ? [.. known.Select(ip => new IPEndPoint(ip, address.Port))]
            : [];
    }

    /// <summary>Keeps what a name has resolved to.</summary>
    public void Note(string host, IPAddress[] addresses) => _byHost[host] = addresses;

    /// <summary>Forgets every name but these.</summary>
    public void Keep(IEnumerable<string> hosts)
    {
        var kept = hosts.SelectMany(host => new[] { host, Twin(host) }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var host in _byHost.Keys.Where(host => !kept.Contains(host)))
        {
            _byHost.TryRemove(host, out _);
        }
    }

    /// <summary>The name with the dot of the root, where this has none, and without it, where it has.</summary>
    private static string Twin(string host) => HostName.WithoutDot(host) is var bare && bare.Length < host.Length ? bare : host + ".";
}
