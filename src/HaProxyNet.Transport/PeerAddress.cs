using System.Net;
using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Native;

/// <summary>
/// What is kept of a peer's address: a <see cref="RawAddress"/> without the flow label, which makes each idle connection 16 bytes smaller.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PeerAddress(in RawAddress raw)
{
    private readonly ulong _high = raw.High;
    private readonly ulong _low = raw.Low;
    private readonly uint _scope = raw.Scope;
    private readonly ushort _port = (ushort)raw.Port;
    private readonly ushort _family = (ushort)raw.Family;

    /// <summary>The port.</summary>
    public int Port => _port;

    /// <summary>Whether it is this address and port.</summary>
    public bool Is(in RawAddress other) => _high == other.High && _low == other.Low && _port == other.Port && _family == other.Family;

    /// <inheritdoc cref="RawAddress.ToEndPoint"/>
    public IPEndPoint ToEndPoint() => RawAddress.From(_family, _port, _high, _low, _scope).ToEndPoint();
}
