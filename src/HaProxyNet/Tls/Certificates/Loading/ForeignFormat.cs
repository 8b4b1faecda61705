namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Names what is in a file that is no certificate and no key that can be read, and the command that converts it.</summary>
internal static class ForeignFormat
{
    private const string KeyStore = "keytool -importkeystore -srckeystore {0} -destkeystore NEW.pfx -deststoretype PKCS12 converts it";
    private const string Revocation = "a list of revoked certificates (CRL), and none is checked here";
    private const string Request = "a request for a certificate (CSR): the authority's answer to it is the certificate";
    private const string PrivateKey = "a private key: the certificate has its own file";
    private const string PublicKey = "a public key: the private key has its own file";
    private const string SshKey = "an OpenSSH key (ssh-keygen -p -m PKCS8 -f {0} converts it in place; copy it before)";
    private const string SshPublicKey = "a public key of SSH: certificates do not come from SSH";
    private const string PuttyKey = "a PuTTY key (puttygen {0} -O private-openssh -o NEW converts it)";

    private static readonly (byte[] Start, string Words)[] _starts =
    [
        ([0xFE, 0xED, 0xFE, 0xED], $"a Java key store (JKS) ({KeyStore})"),
        ([0xCE, 0xCE, 0xCE, 0xCE], $"a Java key store (JCEKS) ({KeyStore})"),
        ([0x1E, 0xF1, 0xB5, 0xB0], "a key of Microsoft's (PVK) (openssl rsa -inform PVK -in {0} -out NEW converts it)"),
        ([0x07, 0x02, 0x00, 0x00], "a key of Microsoft's (BLOB) (openssl rsa -inform 'MS PRIVATEKEYBLOB' -in {0} -out NEW converts it)"),
        ([0x00, 0x00, 0x00, 0x00, 0x43, 0x45, 0x52, 0x54], "a Windows certificate store (SST) (certutil -split -dump {0} takes it apart)"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive (unzip {0} unpacks it)"),
        ([0x1F, 0x8B], "a compressed file (gunzip {0} unpacks it)"),
        ("-----BEGIN PGP"u8.ToArray(), "a file of PGP's"),
    ];

    private static readonly (string Part, string Words)[] _parts =
    [
        ("PuTTY-User-Key-File-", PuttyKey),
        ("BEGIN OPENSSH PRIVATE KEY", SshKey),
        ("---- BEGIN SSH2", SshPublicKey),
        ("ssh-rsa ", SshPublicKey),
        ("ssh-ed25519 ", SshPublicKey),
        ("ecdsa-sha2-nistp", SshPublicKey),
        ("CERTIFICATE REQUEST-----", Request),
        ("BEGIN X509 CRL", Revocation),
        ("PRIVATE KEY-----", PrivateKey),
        ("PUBLIC KEY-----", PublicKey),
        ("<!DOCTYPE", "a web page (HTML), perhaps the answer of a portal instead of the file"),
        ("<html", "a web page (HTML), perhaps the answer of a portal instead of the file"),
    ];

    /// <summary>A sentence about the file; null when it is nothing that is known.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name, for the command.</param>
    public static string? Describe(byte[] content, string name)
    {
        var words = Array.Find(_starts, start => content.AsSpan().StartsWith(start.Start)).Words
            ?? (PemText.Of(content) is var text
            ? Array.Find(_parts, part => text.Contains(part.Part, StringComparison.OrdinalIgnoreCase)).Words
            : null)
            ?? Of(DerShapes.Of(PemText.Bare(content) ?? content));
        return words is null ? null : "it is " + words.Replace("{0}", name, StringComparison.Ordinal);
    }

    private static string? Of(DerShape shape) => shape switch
    {
        DerShape.Request => Request,
        DerShape.RevocationList => Revocation,
        DerShape.PublicKey => PublicKey,
        DerShape.Pfx => "a PFX file (openssl pkcs12 -in {0} -nokeys -out NEW takes the certificates out, -nocerts the key)",
        DerShape.Pkcs8 or DerShape.EncryptedPkcs8 or DerShape.Pkcs1 or DerShape.Sec1 => PrivateKey,
        DerShape.Certificate => "a certificate",
        DerShape.Pkcs7 => "a PKCS #7 file without a certificate",
        _ => null,
    };
}
