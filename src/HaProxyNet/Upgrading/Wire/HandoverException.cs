namespace HaProxyNet.Upgrading.Wire;

/// <summary>A hand-over that cannot go on. The message is for operators: a part of a sentence.</summary>
internal sealed class HandoverException(string message) : Exception(message);
