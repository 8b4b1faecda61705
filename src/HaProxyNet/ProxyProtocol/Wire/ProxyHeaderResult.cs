using System.Runtime.InteropServices;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>What <see cref="ProxyHeaderParser"/> says of the first bytes of a connection.</summary>
/// <param name="Status">What they are.</param>
/// <param name="Fault">What is wrong with the header.</param>
/// <param name="AtLeast">With <see cref="ProxyHeaderStatus.NeedMore"/>: how many bytes in all there must be before it is worth looking
/// again.</param>
/// <param name="Header">With <see cref="ProxyHeaderStatus.Complete"/>: the header.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProxyHeaderResult(ProxyHeaderStatus Status, ProxyHeaderFault Fault, int AtLeast, ProxyHeader Header)
{
    public static ProxyHeaderResult None { get; } = new(ProxyHeaderStatus.NoHeader, ProxyHeaderFault.None, 0, default);

    public static ProxyHeaderResult NeedMore(int atLeast) => new(ProxyHeaderStatus.NeedMore, ProxyHeaderFault.None, atLeast, default);

    public static ProxyHeaderResult Invalid(ProxyHeaderFault fault) => new(ProxyHeaderStatus.Invalid, fault, 0, default);

    public static ProxyHeaderResult Complete(in ProxyHeader header) => new(ProxyHeaderStatus.Complete, ProxyHeaderFault.None, 0, header);
}
