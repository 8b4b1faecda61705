using System.Net;

namespace HaProxyNet.Transport.Handover;

/// <summary>One side of a relay that is held.</summary>
/// <param name="Descriptor">Its socket.</param>
/// <param name="Address">The peer's address: the system forgets it when the peer resets.</param>
internal sealed record HeldPeer(int Descriptor, IPEndPoint Address);
