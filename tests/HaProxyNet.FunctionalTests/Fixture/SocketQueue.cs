using System.Globalization;
using System.Net;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>What the system holds of one connection at one end, read from /proc/net/tcp.</summary>
/// <param name="Local">This end's address.</param>
/// <param name="Remote">The other end's address.</param>
/// <param name="Unsent">Bytes that the other end's system has not confirmed.</param>
/// <param name="Unread">Bytes that the program at this end has not read.</param>
internal sealed record SocketQueue(IPEndPoint Local, IPEndPoint Remote, long Unsent, long Unread)
{
    private const string Established = "01";

    /// <summary>
    /// Both ends of the only established connection to this address: the end that connected, and the one that accepted. None when the table
    /// changed while it was read, and shows one of them twice or not at all.
    /// </summary>
    public static (SocketQueue Connected, SocketQueue Accepted)? EndsOf(IPEndPoint address)
    {
        var all = File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Established).Select(Parse).ToList();
        var connected = all.Where(q => q.Remote.Equals(address)).ToList();
        var accepted = all.Where(q => q.Local.Equals(address)).ToList();
        return connected.Count == 1 && accepted.Count == 1 ? (connected[0], accepted[0]) : null;
    }

    private static SocketQueue Parse(string[] fields)
    {
        var queues = fields[4].Split(':');
        return new SocketQueue(Address(fields[1]), Address(fields[2]), Number(queues[0]), Number(queues[1]));
    }

    private static IPEndPoint Address(string field)
    {
        var parts = field.Split(':');
        return new IPEndPoint(Number(parts[0]), (int)Number(parts[1]));
    }

    private static long Number(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
