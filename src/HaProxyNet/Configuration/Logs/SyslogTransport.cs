namespace HaProxyNet.Configuration.Logs;

/// <summary>How a syslog server is reached.</summary>
internal enum SyslogTransport
{
    /// <summary>A datagram a message (RFC 5426).</summary>
    Udp,

    /// <summary>A stream, each message after its length (RFC 6587).</summary>
    Tcp,

    /// <summary>The same through TLS (RFC 5425).</summary>
    Tls,

    /// <summary>A datagram a message, to a socket of this machine.</summary>
    Unix,
}
