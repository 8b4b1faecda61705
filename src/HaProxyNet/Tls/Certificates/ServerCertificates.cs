using HaProxyNet.Configuration;

namespace HaProxyNet.Tls.Certificates;

/// <summary>All certificates of one listener at one moment. Immutable; a renewal replaces the whole.</summary>
internal sealed class ServerCertificates
{
    private readonly Dictionary<string, ServerCertificate> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServerCertificate> _wildcard = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServerCertificate>.AlternateLookup<ReadOnlySpan<char>> _wildcardBySpan;

    /// <param name="certificates">One or more; the first one is for clients that ask for no name, or for one that none holds for.</param>
    public ServerCertificates(IReadOnlyList<ServerCertificate> certificates)
    {
        All = certificates;
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Names)
            {
                // The first certificate of two for the same name: the order is the operator's.
                _ = name.StartsWith("*.", StringComparison.Ordinal)
                    ? _wildcard.TryAdd(name[1..], certificate)
                    : _exact.TryAdd(name, certificate);
            }
        }

        _wildcardBySpan = _wildcard.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The certificates in the configured order.</summary>
    public IReadOnlyList<ServerCertificate> All { get; }

    /// <summary>
    /// The certificate for a client: the one with exactly its name, else a wildcard one label above, else the first. Allocates nothing.
    /// </summary>
    /// <param name="serverName">What the client asked for; none when it did not say.</param>
    public ServerCertificate Choose(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
        {
            return All[0];
        }

        serverName = HostName.WithoutDot(serverName);

        if (_exact.TryGetValue(serverName, out var exact))
        {
            return exact;
        }

        var dot = serverName.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _wildcardBySpan.TryGetValue(serverName.AsSpan(dot), out var wildcard) ? wildcard : All[0];
    }
}
