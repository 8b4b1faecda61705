using System.Runtime.InteropServices;

namespace HaProxyNet.Transport;

/// <summary>
/// What is on its way to a peer, and when its system was last heard of: the part of TCP_INFO (tcp(7)) that tells a closed window from
/// silence.
/// </summary>
/// <param name="InFlight">Segments that were sent and are not acknowledged.</param>
/// <param name="Waiting">Bytes that were never sent.</param>
/// <param name="Acknowledged">Bytes that the peer's system has acknowledged since the connection began.</param>
/// <param name="Silent">How long ago its last acknowledgement came.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SendQueue(uint InFlight, uint Waiting, ulong Acknowledged, TimeSpan Silent)
{
    /// <summary>Up to the last field that is read here; Linux has it since 4.6.</summary>
    public const int InfoSize = 148;

    /// <summary>
    /// Where tcpi_unacked, tcpi_last_ack_recv, tcpi_bytes_acked and tcpi_notsent_bytes stand in struct tcp_info
    /// (include/uapi/linux/tcp.h).
    /// </summary>
    private const int InFlightAt = 24, SilentAt = 56, AcknowledgedAt = 120, WaitingAt = 144;

    /// <summary>Nothing is in flight, and bytes wait: the peer's window has no room for them.</summary>
    public bool IsHeld => InFlight == 0 && Waiting > 0;

    /// <summary>Reads what getsockopt(TCP_INFO) has written.</summary>
    public static SendQueue Parse(ReadOnlySpan<byte> info) => new(
        Number(info[InFlightAt..]),
        Number(info[WaitingAt..]),
        MemoryMarshal.Read<ulong>(info[AcknowledgedAt..]),
        TimeSpan.FromMilliseconds(Number(info[SilentAt..])));

    private static uint Number(ReadOnlySpan<byte> at) => MemoryMarshal.Read<uint>(at);
}
