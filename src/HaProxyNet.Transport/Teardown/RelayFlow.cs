using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Teardown;

/// <summary>
/// One direction of a relay: what came from one side and was given to the other. Only the pump of the direction writes it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal record struct RelayFlow
{
    /// <summary>Bytes that were given to the receiving side's socket.</summary>
    public long Bytes;

    /// <summary>The value of <see cref="Bytes"/> when our FIN went to the side that sends in this direction; -1 before that.</summary>
    public long BytesAtPeerFin;

    /// <summary>A flow in which nothing has happened yet.</summary>
    public static RelayFlow Start => new() { BytesAtPeerFin = -1 };
}
