using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>The authorities that peers' certificates must come from: those of a file, or the system's.</summary>
internal sealed class TrustAnchors(X509Certificate2Collection? authorities, TimeProvider time)
{
    /// <summary>What a server's certificate must be made for (RFC 5280, 4.2.1.12).</summary>
    public static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1", "Server Authentication");

    /// <summary>What a client's certificate must be made for.</summary>
    public static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2", "Client Authentication");

    /// <summary>The authorities; null: those that the system trusts.</summary>
    public X509Certificate2Collection? Authorities => authorities;

    /// <summary>What a peer has sent, of a chain that was built by <see cref="Policy"/>.</summary>
    public IEnumerable<X509Certificate2> Sent(X509Chain chain) => chain.ChainPolicy.ExtraStore.Skip(authorities?.Count ?? 0);

    /// <summary>
    /// How a chain is built, once per handshake: nothing is fetched from the network, because a handshake runs on a connection's lane; no
    /// revocation lists, for the same reason.
    /// </summary>
    public X509ChainPolicy Policy(Oid usage)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().LocalDateTime,
        };
        policy.ApplicationPolicy.Add(usage);
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);

            // Intermediates of the file help a peer that does not send them.
            policy.ExtraStore.AddRange(authorities);
        }

        return policy;
    }
}
