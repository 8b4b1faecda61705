using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>Signs as nobody should any more; .NET's own generator refuses to.</summary>
internal sealed class Sha1Generator(RSA key) : X509SignatureGenerator
{
    // AlgorithmIdentifier of sha1WithRSAEncryption (RFC 3279, 2.2.1).
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        => Convert.FromHexString("300D06092A864886F70D0101050500");

#pragma warning disable CA5350 // That is the point.
    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
        => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
#pragma warning restore CA5350

    protected override PublicKey BuildPublicKey() => new(key);
}
