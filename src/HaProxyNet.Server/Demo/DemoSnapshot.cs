namespace HaProxyNet.Server.Demo;

/// <summary>The stage at one moment.</summary>
/// <param name="Elapsed">Since the demo began.</param>
/// <param name="Proxy">Where the proxy listens.</param>
/// <param name="Report">The line that the demo ends with, as of now.</param>
/// <param name="Agents">The agents, the primary first.</param>
/// <param name="Events">What happened since the last look.</param>
internal sealed record DemoSnapshot(
    TimeSpan Elapsed, string Proxy, DemoReport Report, IReadOnlyList<AgentView> Agents, IReadOnlyList<DemoEvent> Events);
