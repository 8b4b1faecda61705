using System.Globalization;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Failover;

/// <summary>Drops every packet from and to a port, in the network namespace that the harness made for the run.</summary>
internal static class PacketDrop
{
    private const string Table = "haproxynet_comparison";

    /// <summary>Lets packets vanish.</summary>
    public static async Task BeginAsync(int port, CancellationToken cancellation)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        await NftAsync(
            $"add table inet {Table}; " +
            $"add chain inet {Table} input {{ type filter hook input priority 0; }}; " +
            $"add rule inet {Table} input tcp dport {number} drop; add rule inet {Table} input tcp sport {number} drop",
            cancellation);
    }

    /// <summary>Lets them through again.</summary>
    public static Task EndAsync(CancellationToken cancellation) => NftAsync($"delete table inet {Table}", cancellation);

    private static async Task NftAsync(string commands, CancellationToken cancellation) =>
        (await Tool.RunAsync([], "nft", [commands], cancellation)).Expect("nft");
}
