namespace HaProxyNet.Configuration.Tls;

/// <summary>Whether a listener that terminates TLS asks clients for a certificate.</summary>
public enum ClientCertificateMode
{
    /// <summary>It does not ask.</summary>
    None,

    /// <summary>It asks; a client without one is served, one whose certificate does not hold is not.</summary>
    Optional,

    /// <summary>A client without a certificate that holds is not served.</summary>
    Required,
}
