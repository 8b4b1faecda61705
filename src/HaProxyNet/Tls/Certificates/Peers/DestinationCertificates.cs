using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>The certificates that destinations have shown, learned from handshakes. Any thread.</summary>
internal sealed class DestinationCertificates
{
    private readonly ConcurrentDictionary<(string Cluster, string Destination), SeenCertificate> _seen = new();

    /// <summary>What each destination showed last.</summary>
    public IEnumerable<(string Cluster, string Destination, SeenCertificate Certificate)> All
        => _seen.Select(seen => (seen.Key.Cluster, seen.Key.Destination, seen.Value));

    /// <summary>Notes what a destination has shown, taken or not. A handshake costs far more than this look-up.</summary>
    public void Seen(string cluster, string destination, X509Certificate2 certificate)
    {
        var key = (cluster, destination);
        if (!_seen.TryGetValue(key, out var last)
            || last.NotAfter != CertificateFacts.NotAfter(certificate)
            || last.Thumbprint != certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256))
        {
            _seen[key] = SeenCertificate.Of(certificate);
        }
    }

    /// <summary>Forgets the destinations that are no longer configured.</summary>
    public void Keep(Func<string, string, bool> isConfigured)
    {
        foreach (var key in _seen.Keys.Where(key => !isConfigured(key.Cluster, key.Destination)))
        {
            _seen.TryRemove(key, out _);
        }
    }
}
