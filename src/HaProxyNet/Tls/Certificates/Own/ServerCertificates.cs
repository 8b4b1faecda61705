using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>All certificates of one listener at one moment. Immutable; a renewal replaces the whole.</summary>
internal sealed class ServerCertificates
{
    private readonly ServerNameTable<CertificatePair> _names;

    /// <param name="certificates">One or more; the first one is for clients that ask for no name, or for one that none holds for.</param>
    public ServerCertificates(IReadOnlyList<ServerCertificate> certificates)
    {
        All = certificates;
        Default = DefaultOf(certificates);
        var pairs = new Dictionary<string, CertificatePair>(StringComparer.OrdinalIgnoreCase);
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Names.Select(ServerNameTable<CertificatePair>.Key))
            {
                pairs[name] = pairs.GetValueOrDefault(name).With(certificate);
            }
        }

        // What a name's own certificates lack, a wildcard's may have.
        var byWildcard = pairs.ToLookup(pair => ServerNameTable<CertificatePair>.IsWildcard(pair.Key), pair => (pair.Key, pair.Value));
        var wildcards = new ServerNameTable<CertificatePair>(byWildcard[true]);
        (string Name, CertificatePair Pair)[] exact =
            [.. byWildcard[false].Select(one => (one.Key, one.Value.Or(wildcards.Find(one.Key))))];
        _names = new ServerNameTable<CertificatePair>(exact.Concat(byWildcard[true]));
        Pairs = [.. exact.Select(one => one.Pair).Concat(byWildcard[true].Select(one => one.Value)).Prepend(Default).Distinct()];
    }

    /// <summary>The certificates in the configured order.</summary>
    public IReadOnlyList<ServerCertificate> All { get; }

    /// <summary>What clients get that ask for no name, or for one that no certificate holds for.</summary>
    public CertificatePair Default { get; }

    /// <summary>Everything that <see cref="Choose"/> can return, each once.</summary>
    public IReadOnlyList<CertificatePair> Pairs { get; }

    /// <summary>
    /// The certificates that no client is ever shown: for each of their names an earlier one with the same kind of key stands before them.
    /// </summary>
    public IEnumerable<ServerCertificate> NeverShown => All.Except(Pairs.SelectMany(pair => pair.All));

    /// <summary>
    /// The certificates for a client: of each kind of key the one with exactly its name, else a wildcard one label above; else the first.
    /// Allocates nothing.
    /// </summary>
    /// <param name="serverName">What the client asked for; null when it did not say.</param>
    public CertificatePair Choose(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
        {
            return Default;
        }

        var found = _names.Find(HostName.WithoutDot(serverName));
        return found == default ? Default : found;
    }

    /// <summary>
    /// The first one, and the first one with the other kind of key that holds for the same names: a client may know it by any of them.
    /// </summary>
    private static CertificatePair DefaultOf(IReadOnlyList<ServerCertificate> certificates)
    {
        var first = certificates[0];
        var companion = certificates.FirstOrDefault(other => other.Key != first.Key
            && first.Names.All(name => other.Names.Contains(name, StringComparer.OrdinalIgnoreCase)));
        return companion is null ? default(CertificatePair).With(first) : default(CertificatePair).With(first).With(companion);
    }
}
