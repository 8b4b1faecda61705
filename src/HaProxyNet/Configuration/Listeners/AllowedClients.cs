using System.Net;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>The clients that may connect to a listener. Immutable; safe from any thread.</summary>
internal sealed class AllowedClients
{
    private readonly ClientNetwork[] _networks;

    private AllowedClients(ClientNetwork[] networks) => _networks = networks;

    /// <summary>No restriction: what an empty list means.</summary>
    public static AllowedClients Everyone { get; } = new([]);

    /// <summary>Reads a listener's list, which is known to be valid; an empty one is <see cref="Everyone"/>.</summary>
    /// <exception cref="FormatException">An entry is neither a network nor an address; the message says which.</exception>
    public static AllowedClients Parse(IEnumerable<string> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var parsed = networks.Select(Network).ToArray();
        return parsed.Length == 0 ? Everyone : new AllowedClients(parsed);
    }

    /// <summary>Whether a client may connect. Allocates nothing; IPv4-mapped IPv6 addresses count as IPv4.</summary>
    public bool Contains(IPAddress client)
    {
        if (_networks.Length == 0)
        {
            return true;
        }

        var bits = ClientNetwork.ToBits(client);
        foreach (var network in _networks)
        {
            if (network.Contains(bits))
            {
                return true;
            }
        }

        return false;
    }

    private static ClientNetwork Network(string text) =>
        ClientNetwork.TryParse(text, out var network, out var problem)
            ? network
            : throw new FormatException($"{problem}; {ClientNetwork.Allowed}");
}
