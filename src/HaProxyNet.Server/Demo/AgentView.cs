namespace HaProxyNet.Server.Demo;

/// <summary>An agent at one moment, as it is and as the proxy sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsListening">Whether it does.</param>
/// <param name="IsUp">Whether the proxy holds it for up.</param>
/// <param name="IsActive">Whether new connections go to it.</param>
/// <param name="Requests">RPCs that it has been given.</param>
internal sealed record AgentView(string Name, bool IsListening, bool IsUp, bool IsActive, long Requests);
