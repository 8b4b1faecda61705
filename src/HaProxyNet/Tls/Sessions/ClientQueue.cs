using System.Diagnostics.CodeAnalysis;
using System.Net;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// A line in which clients take turns: sites first, and within a site its addresses. A crowd of one site, behind one address or behind all
/// that a /64 has, delays another site by one item; a neighbour of its own by one item of each address. One caller at a time.
/// </summary>
/// <typeparam name="T">What waits.</typeparam>
internal sealed class ClientQueue<T>
{
    /// <summary>A site stands here as often as items of it wait.</summary>
    private readonly FairQueue<ClientSite, ClientSite> _sites = new();
    private readonly Dictionary<ClientSite, FairQueue<IPAddress, T>> _addresses = [];

    /// <summary>Adds an item behind those of its client.</summary>
    public void Enqueue(IPAddress client, T item)
    {
        var site = ClientSite.From(client);
        if (!_addresses.TryGetValue(site, out var own))
        {
            _addresses[site] = own = new FairQueue<IPAddress, T>();
        }

        own.Enqueue(client, item);
        _sites.Enqueue(site, site);
    }

    /// <summary>Takes the item whose turn it is.</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (!_sites.TryDequeue(out var site))
        {
            item = default;
            return false;
        }

        var own = _addresses[site];
        var isThere = own.TryDequeue(out item);
        if (own.IsEmpty)
        {
            _addresses.Remove(site);
        }

        return isThere;
    }
}
