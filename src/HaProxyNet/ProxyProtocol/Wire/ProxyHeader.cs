using System.Runtime.InteropServices;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>A complete header.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="Command">Whose connection it is.</param>
/// <param name="Addresses">The client's addresses; null: the header tells none that a TCP connection can have.</param>
/// <param name="Length">Its bytes; what follows is the client's.</param>
/// <param name="TlvStart">Where its extensions begin; <paramref name="Length"/> when it has none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProxyHeader(int Version, ProxyCommand Command, ProxyAddresses? Addresses, int Length, int TlvStart)
{
    /// <summary>Its extensions, from the bytes that it was read from.</summary>
    public TlvReader Tlvs(ReadOnlySpan<byte> wire) => new(wire[TlvStart..Length]);
}
