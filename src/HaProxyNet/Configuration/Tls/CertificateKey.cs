namespace HaProxyNet.Configuration.Tls;

/// <summary>The kind of a certificate's key: a suite of TLS 1.2 says which one it needs, one of TLS 1.3 takes either.</summary>
internal enum CertificateKey
{
    /// <summary>RSA.</summary>
    Rsa,

    /// <summary>ECDSA.</summary>
    Ecdsa,
}
