namespace HaProxyNet.Control.Documents;

/// <summary>A listener in <c>/api/v1/status</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">The address it listens on; the configured one while it does not.</param>
/// <param name="Listening">Whether it accepts connections.</param>
/// <param name="Cluster">The cluster that serves it.</param>
/// <param name="Connections">Connections open now.</param>
public sealed record ListenerStatus(string Name, string Endpoint, bool Listening, string Cluster, int Connections)
{
    /// <summary>The certificates that it shows, with Tls.Mode Terminate, in the configured order.</summary>
    public IReadOnlyList<CertificateStatus> Certificates { get; init; } = [];
}
