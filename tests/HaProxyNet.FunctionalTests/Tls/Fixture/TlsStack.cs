namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>What moves the bytes, and what encrypts them.</summary>
public enum TlsStack
{
    /// <summary>The Managed engine, which only SslStream serves.</summary>
    Managed,

    /// <summary>The Reactor with SslStream.</summary>
    ReactorSslStream,

    /// <summary>The Reactor with OpenSSL on its sockets.</summary>
    ReactorOpenSsl,
}
