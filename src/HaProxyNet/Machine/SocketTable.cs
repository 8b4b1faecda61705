using System.Globalization;
using System.Net;
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

    /// <summary>The port on this machine where a connection has arrived; null: it has left the machine, or nothing says.</summary>
    /// <param name="from">The connection's own address and port.</param>
    /// <param name="to">Where it was sent; it arrives elsewhere where something redirects it.</param>
    public static int? PortOfArrival(IPEndPoint from, IPEndPoint to) => PortOfArrival(from, to, Lines());

    /// <summary>Whether a socket of this machine connects these two.</summary>
    public static bool Has(IPEndPoint local, IPEndPoint peer)
        => Pairs(local, Lines()).Contains((PlainAddress.Of(local), PlainAddress.Of(peer)));

    /// <summary>The same, out of lines of the table.</summary>
    /// <remarks>
    /// The system gives one port to several connections, if each goes elsewhere. So one that arrives as it was sent is another connection's
    /// end: its beginning is in the table, too.
    /// </remarks>
    internal static int? PortOfArrival(IPEndPoint from, IPEndPoint to, IEnumerable<string> lines)
    {
        var (begin, sent, pairs) = (PlainAddress.Of(from), PlainAddress.Of(to), Pairs(from, lines).ToHashSet());
        IPEndPoint[] arrivals = [.. pairs.Where(one => one.Peer.Equals(begin)).Select(one => one.Local)];
        return arrivals.Contains(sent)
            ? sent.Port
            : arrivals.FirstOrDefault(arrival => !pairs.Contains((begin, arrival)))?.Port;
    }

    /// <summary>The sockets that have this port, on either side.</summary>
    private static IEnumerable<(IPEndPoint Local, IPEndPoint Peer)> Pairs(IPEndPoint one, IEnumerable<string> lines)
    {
        // The table may be long: only lines that have the port are taken apart.
        var port = string.Create(CultureInfo.InvariantCulture, $":{one.Port:X4} ");
        foreach (var line in lines.Where(line => line.Contains(port, StringComparison.Ordinal)))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > Peer && TryRead(words[Local], out var local) && TryRead(words[Peer], out var peer))
            {
                yield return (local, peer);
            }
        }
    }

    private static IEnumerable<string> Lines() => ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).SelectMany(Lines);

    private static IEnumerable<string> Lines(string table)
    {
        using var reader = Open(table);
        while (reader?.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Null: not Linux, no IPv6, or /proc is hidden.</summary>
    private static StreamReader? Open(string table)
    {
        try
        {
            return File.OpenText(table);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
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

        endPoint = new IPEndPoint(PlainAddress.Of(new IPAddress(bytes)), port);
        return true;
    }
}
