namespace HaProxyNet.Configuration.Tls;

/// <summary>A version of TLS that is still fit for use (RFC 8996 has retired those before).</summary>
public enum TlsVersion
{
    /// <summary>TLS 1.2, RFC 5246.</summary>
    Tls12,

    /// <summary>TLS 1.3, RFC 8446.</summary>
    Tls13,
}
