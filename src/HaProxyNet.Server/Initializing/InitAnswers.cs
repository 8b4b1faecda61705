using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Server.Initializing;

/// <summary>What a first configuration is made of.</summary>
/// <param name="ServerName">The name that clients connect to.</param>
/// <param name="Tls">Whether TLS is passed through to the agents, or there is none.</param>
/// <param name="Listen">Where the proxy listens.</param>
/// <param name="Primary">The agent that new connections go to.</param>
/// <param name="Secondary">The agent for when the primary does not accept; null: there is only one.</param>
internal sealed record InitAnswers(
    string ServerName,
    TlsMode Tls,
    string Listen,
    DestinationAddress Primary,
    DestinationAddress? Secondary);
