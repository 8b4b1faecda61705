namespace HaProxyNet.Configuration;

/// <summary>What encrypts, where the proxy itself speaks TLS.</summary>
public enum TlsEngineKind
{
    /// <summary>OpenSSL where the Reactor runs and OpenSSL 3 is installed, .NET's SslStream elsewhere.</summary>
    Auto,

    /// <summary>Linux: OpenSSL 3 directly on the Reactor's sockets.</summary>
    OpenSsl,

    /// <summary>Any operating system: .NET's SslStream.</summary>
    SslStream,
}
