using System.Net.Security;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Hello;

/// <summary>
/// Whether a client can verify a certificate with an ECDSA key, by its hello. Pure. In TLS 1.3 a signature scheme names the curve (RFC
/// 8446, 4.2.3); in TLS 1.2 the suite names the kind of key, the scheme the hash, and the curve is one of the groups (RFC 8422, 5.1).
/// </summary>
internal sealed class EcdsaChoice
{
    /// <summary>
    /// What .NET speaks on Linux when nothing is configured, and every client with ECDSA has one of them.
    /// </summary>
    private static readonly TlsCipherSuite[] _usual =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    ];

    private readonly SpokenVersions _spoken;
    private readonly HashSet<ushort> _suites;

    /// <param name="oldest">The oldest version that the listener speaks.</param>
    /// <param name="suites">Its cipher suites by their IANA names; empty: the platform's.</param>
    public EcdsaChoice(TlsVersion oldest, IReadOnlyList<string> suites)
    {
        _spoken = SpokenVersions.Of(oldest, [.. suites]);
        _suites = suites.Count == 0
            ? [.. _usual.Select(suite => (ushort)suite)]
            : [.. suites
                .Where(suite => suite.Contains("_ECDSA_WITH_", StringComparison.Ordinal))
                .Select(suite => (ushort)Enum.Parse<TlsCipherSuite>(suite))];
    }

    /// <summary>Whether the client takes an ECDSA key of this size.</summary>
    /// <param name="hello">The client's hello; null: it could not be read, and RSA is what everybody takes.</param>
    /// <param name="keyBits">256, 384 or 521: the curve.</param>
    public bool IsTakenBy(ClientHello? hello, int keyBits)
    {
        if (hello?.Abilities is not { Schemes: { } schemes } abilities)
        {
            return false;
        }

        var curve = Array.FindIndex(_curves, c => c.KeyBits == keyBits);
        if (curve < 0)
        {
            return false;
        }

        return hello.Version >= HelloVersion.Tls13 && _spoken.Tls13
            ? schemes.Contains(_curves[curve].Scheme)
            : abilities.Suites.Any(_suites.Contains)
                && _curves.Any(c => schemes.Contains(c.Scheme))
                && (abilities.Groups?.Contains(_curves[curve].Group) ?? true);
    }

    /// <summary>The curves for signatures, with their numbers as signature scheme and as group (IANA, TLS parameters).</summary>
    private static readonly (int KeyBits, ushort Scheme, ushort Group)[] _curves = [
        (256, 0x0403, 23),
        (384, 0x0503, 24),
        (521, 0x0603, 25),
    ];
}
