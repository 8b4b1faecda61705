using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>All certificates of one listener at one moment. Immutable; a renewal replaces the whole.</summary>
internal sealed class ServerCertificates
{
    private readonly Dictionary<string, CertificatePair> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CertificatePair> _wildcard = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CertificatePair>.AlternateLookup<ReadOnlySpan<char>> _wildcardBySpan;

    /// <param name="certificates">One or more; the first one is for clients that ask for no name, or for one that none holds for.</param>
    public ServerCertificates(IReadOnlyList<ServerCertificate> certificates)
    {
        All = certificates;
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Names)
            {
                var (names, key) = name.StartsWith("*.", StringComparison.Ordinal)
                    ? (_wildcard, name[1..])
                    : (_exact, HostName.WithoutDot(name));
                names[key] = names.GetValueOrDefault(key).With(certificate);
            }
        }

        _wildcardBySpan = _wildcard.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in _exact.Keys)
        {
            _exact[name] = _exact[name].Or(Wildcard(name));
        }

        Default = DefaultOf(certificates);
        Pairs = [.. _exact.Values.Concat(_wildcard.Values).Prepend(Default).Distinct()];
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

        serverName = HostName.WithoutDot(serverName);
        if (_exact.TryGetValue(serverName, out var exact))
        {
            return exact;
        }

        var wildcard = Wildcard(serverName);
        return wildcard == default ? Default : wildcard;
    }

    private CertificatePair Wildcard(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _wildcardBySpan.TryGetValue(name.AsSpan(dot), out var wildcard) ? wildcard : default;
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
