using System.Security.Cryptography;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Reads a private key from a block of a PEM file. No message holds any of the key or the password.</summary>
internal static class PrivateKeyReader
{
    /// <summary>The key, or what is wrong with it and whether the password is to blame.</summary>
    public static (AsymmetricAlgorithm? Key, string? Problem, bool IsPassword) Read(string label, byte[] data, string password) => label switch
    {
        "RSA PRIVATE KEY" => Outcome(Rsa(key => key.ImportRSAPrivateKey(data, out _))),
        "EC PRIVATE KEY" => Outcome(Ec(key => key.ImportECPrivateKey(data, out _))),
        "PRIVATE KEY" => Outcome((AsymmetricAlgorithm?)Rsa(key => key.ImportPkcs8PrivateKey(data, out _)) ?? Ec(key => key.ImportPkcs8PrivateKey(data, out _))),
        "ENCRYPTED PRIVATE KEY" => Encrypted(data, password),
        _ => (null, $"a block '{label}' is not supported", false),
    };

    private static (AsymmetricAlgorithm? Key, string? Problem, bool IsPassword) Outcome(AsymmetricAlgorithm? key)
        => (key, key is null ? "the private key in it cannot be read, or is neither RSA nor ECDSA" : null, false);

    private static (AsymmetricAlgorithm? Key, string? Problem, bool IsPassword) Encrypted(byte[] data, string password)
    {
        if (password.Length == 0)
        {
            return (null, "is missing, and the private key is encrypted", true);
        }

        var key = (AsymmetricAlgorithm?)Rsa(rsa => rsa.ImportEncryptedPkcs8PrivateKey(password, data, out _))
            ?? Ec(ec => ec.ImportEncryptedPkcs8PrivateKey(password, data, out _));
        return (key, key is null ? "is not the password of the private key" : null, true);
    }

    private static RSA? Rsa(Action<RSA> import) => Imported(RSA.Create(), import);

    private static ECDsa? Ec(Action<ECDsa> import) => Imported(ECDsa.Create(), import);

    private static T? Imported<T>(T key, Action<T> import)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key);
            return key;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or NotSupportedException)
        {
            // Another kind of key, a wrong password, or damage: it is not told apart.
            key.Dispose();
            return null;
        }
    }
}
