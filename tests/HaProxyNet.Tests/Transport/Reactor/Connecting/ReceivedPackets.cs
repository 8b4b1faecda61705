using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.Tests.Transport.Reactor.Connecting;

/// <summary>What Linux counts of a TCP socket (tcp(7), TCP_INFO).</summary>
internal static class ReceivedPackets
{
    private const int LevelTcp = 6;
    private const int Info = 11;

    /// <summary>Where tcpi_data_segs_in stands in struct tcp_info (include/uapi/linux/tcp.h).</summary>
    private const int DataSegmentsInAt = 152;

    /// <summary>How many packets with bytes have come.</summary>
    public static int Of(Socket socket)
    {
        Span<byte> info = stackalloc byte[DataSegmentsInAt + sizeof(int)];
        Assert.Equal(info.Length, socket.GetRawSocketOption(LevelTcp, Info, info));
        return MemoryMarshal.Read<int>(info[DataSegmentsInAt..]);
    }
}
