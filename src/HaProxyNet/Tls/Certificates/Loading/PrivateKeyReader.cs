using System.Security.Cryptography;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Reads a private key. No message holds any of the key or the password.</summary>
internal static class PrivateKeyReader
{
    /// <summary>The key, or what is wrong with it and whether the password is to blame.</summary>
    public static (AsymmetricAlgorithm? Key, string? Problem, bool IsPassword) Read(KeyBlock block, string password)
    {
        var data = block.Data;
        return block.Label switch
        {
            "RSA PRIVATE KEY" => Outcome(Rsa(key => key.ImportRSAPrivateKey(data, out _)), data),
            "EC PRIVATE KEY" => Outcome(Ec(key => key.ImportECPrivateKey(data, out _)), data),
            "PRIVATE KEY"
                => Outcome((AsymmetricAlgorithm?)Rsa(key => key.ImportPkcs8PrivateKey(data, out _))
                    ?? Ec(key => key.ImportPkcs8PrivateKey(data, out _)), data),
            "ENCRYPTED PRIVATE KEY" => Encrypted(data, password),
            _ => (null, $"a block '{block.Label}' is not supported", false),
        };
    }

    private static (AsymmetricAlgorithm? Key, string? Problem, bool IsPassword) Outcome(AsymmetricAlgorithm? key, byte[] data)
        => (key, key is not null
            ? null
            : $"the private key in it {Pkcs8Facts.OtherKind(data) ?? "cannot be read, or is neither RSA nor ECDSA"}", false);

    private static (AsymmetricAlgorithm? Key, string? Problem, bool IsPassword) Encrypted(byte[] data, string password)
    {
        if (Pkcs8Facts.OtherEncryption(data) is { } other)
        {
            return (null, $"the private key in it is encrypted with {other}, which is not read (openssl pkcs8 -in OLD | openssl pkcs8 "
                + "-topk8 -v2 aes-256-cbc -out NEW converts it)", false);
        }

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
