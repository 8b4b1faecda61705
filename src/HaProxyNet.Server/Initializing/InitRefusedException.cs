namespace HaProxyNet.Server.Initializing;

/// <summary>No configuration is written; the message says why, and what to do.</summary>
internal sealed class InitRefusedException(string message) : Exception(message);
