namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>Which sides of the proxy have TLS.</summary>
public enum Wires
{
    /// <summary>The client's: terminated.</summary>
    TlsPlain,

    /// <summary>The destination's.</summary>
    PlainTls,

    /// <summary>Both: re-encrypted.</summary>
    TlsTls,
}
