using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.Machine;

/// <summary>
/// The system's table of TCP sockets, /proc/net/tcp and tcp6. It tells where a connect has arrived, if that was on this machine: one
/// socket has its address and port as those of its peer. Reading it costs more the more sockets there are: for single questions only.
/// </summary>
internal static class SocketTable
{
    private const int Local = 1;
    private const int Peer = 2;

    /// <summary>The port of the socket on this machine whose peer has this address and port; null: none, or nothing says.</summary>
    public static int? PortOfPeer(IPEndPoint peer)
        => Tables().Select(lines => PortOfPeer(peer, lines)).FirstOrDefault(port => port is not null);

    /// <summary>Whether a socket of this machine connects these two.</summary>
    public static bool Has(IPEndPoint local, IPEndPoint peer)
        => Tables().Any(lines => LocalsOf(peer, lines).Any(one => one.Port == local.Port && one.Address.Equals(Plain(local.Address))));

    /// <summary>The same, out of lines of the table.</summary>
    internal static int? PortOfPeer(IPEndPoint peer, IEnumerable<string> lines) => LocalsOf(peer, lines).FirstOrDefault()?.Port;

    /// <summary>The local addresses and ports of the sockets with this peer.</summary>
    private static IEnumerable<IPEndPoint> LocalsOf(IPEndPoint peer, IEnumerable<string> lines)
    {
        var port = peer.Port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > Peer && words[Peer].EndsWith(port, StringComparison.Ordinal) && TryRead(words[Peer], out var seen)
                && seen.Port == peer.Port && seen.Address.Equals(Plain(peer.Address)) && TryRead(words[Local], out var local))
            {
                yield return local;
            }
        }
    }

    private static IEnumerable<string[]> Tables() => ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Select(Read);

    private static string[] Read(string table)
    {
        try
        {
            return File.ReadAllLines(table);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not Linux, no IPv6, or /proc is hidden.
            return [];
        }
    }

    /// <summary>Words of the address in the machine's order, a colon, the port.</summary>
    private static bool TryRead(string written, out IPEndPoint endPoint)
    {
        endPoint = new IPEndPoint(IPAddress.Any, 0);
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32)
            || !ushort.TryParse(written.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[colon / 2];
        for (var i = 0; i < bytes.Length; i += sizeof(uint))
        {
            var digits = written.AsSpan(i * 2, sizeof(uint) * 2);
            if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var word))
            {
                return false;
            }

            MemoryMarshal.Write(bytes[i..], word);
        }

        endPoint = new IPEndPoint(Plain(new IPAddress(bytes)), port);
        return true;
    }

    private static IPAddress Plain(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };
}
