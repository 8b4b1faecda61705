using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.State.Selecting;

/// <summary>
/// A client stays with the destination that it had last, for as long as that can be used and the client was seen lately. A new client, or
/// one that lost its destination, is given the one with the highest rank for its address, so that only the clients of a destination
/// that goes are moved, and several proxies choose alike. One whose connection went on to another destination stays there.
/// </summary>
internal sealed class SourceAddressSelector(TimeSpan expiry, TimeProvider time) : DestinationSelector
{
    /// <summary>Which destination each client had last.</summary>
    public StickyClients Clients { get; } = new(expiry, time);

    public override int Peek(IPAddress? client, CandidateList candidates)
    {
        if (client is null)
        {
            return -1;
        }

        var head = candidates.Destinations.AsSpan(0, candidates.Equal);
        var key = ClientKey.From(client);
        var index = IndexOf(Clients.Peek(key), head);
        return index < 0 ? HighestRank(key, head) : index;
    }

    /// <summary>A client that finds only one left stays with that one too.</summary>
    protected override int Smallest => 1;

    public override void WentOn(LaneConnection connection, Destination to)
        => Clients.Remember(ClientKey.From(connection.ClientEndPoint.Address), to.Name);

    protected override int Pick(LaneConnection connection, CandidateList candidates)
        => Pick(connection.ClientEndPoint.Address, candidates);

    /// <summary>Which of the equal ones a client's address is given.</summary>
    public int Pick(IPAddress client, CandidateList candidates)
    {
        var head = candidates.Destinations.AsSpan(0, candidates.Equal);
        var key = ClientKey.From(client);
        var index = IndexOf(Clients.Find(key), head);
        if (index < 0)
        {
            index = HighestRank(key, head);
            Clients.Remember(key, head[index].Name);
        }

        return index;
    }

    /// <summary>By name: after a reload or a restart the destination is another object.</summary>
    private static int IndexOf(string? name, ReadOnlySpan<Destination> destinations)
    {
        for (var i = 0; name is not null && i < destinations.Length; i++)
        {
            if (destinations[i].IsNamed(name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Rendezvous hashing: every destination has a rank for every client, whatever others there are.</summary>
    private static int HighestRank(ClientKey client, ReadOnlySpan<Destination> destinations)
    {
        var (best, highest) = (0, 0UL);
        for (var i = 0; i < destinations.Length; i++)
        {
            var rank = client.RankOf(destinations[i].Name);
            if (rank >= highest)
            {
                (best, highest) = (i, rank);
            }
        }

        return best;
    }
}
