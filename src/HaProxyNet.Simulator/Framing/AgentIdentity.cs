namespace HaProxyNet.Simulator.Framing;

/// <summary>The agent that answered: named in each reply, as the real agent's health answer does.</summary>
/// <param name="Name">The agent's name.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Port">The port that the agent listens on.</param>
/// <param name="Version">The agent's version.</param>
public sealed record AgentIdentity(string Name, string Host, int Port, string Version);
