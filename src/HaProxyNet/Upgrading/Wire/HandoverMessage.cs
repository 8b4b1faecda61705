namespace HaProxyNet.Upgrading.Wire;

/// <summary>One message, with the descriptors that travel with it.</summary>
internal sealed record HandoverMessage(HandoverKind Kind, byte[] Payload, int[] Descriptors);
