using System.Net;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Health.Methods;

/// <summary>Whom a probe asks.</summary>
/// <param name="Address">Where; its own object, so that no probe can change what connections use.</param>
/// <param name="Host">The host as configured: the name to ask for when the probe has none of its own.</param>
/// <param name="Terms">
/// What a probe that speaks TLS asks of it: what connections of clients ask, where they have TLS of ours; else what Health says. Null: it
/// speaks none.
/// </param>
internal sealed record ProbeTarget(IPEndPoint Address, string Host, TlsClientSettings? Terms = null)
{
    /// <summary>The PROXY header that goes first, where destinations get one; empty: none.</summary>
    public ReadOnlyMemory<byte> Header { get; init; }
}
