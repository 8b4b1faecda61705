using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Transport.Native;

/// <summary>What is done to a listening descriptor of Linux, whichever engine accepts from it.</summary>
internal static unsafe class ListeningDescriptor
{
    /// <summary>Asked of listen(2); the system lowers it to net.core.somaxconn.</summary>
    public const int Backlog = 4096;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static int Open(IPEndPoint address, SilenceLimits limits)
    {
        var raw = RawAddress.From(address);
        var descriptor = Descriptor.OpenTcp(raw.Family);
        Descriptor.Require(descriptor < 0 ? Errno.Last : 0);
        try
        {
            Descriptor.RequireOption(descriptor, Linux.LevelSocket, Linux.OptionReuseAddress, 1);
            if (raw.Family == Linux.FamilyIPv6)
            {
                Descriptor.RequireOption(
                    descriptor, Linux.LevelIPv6, Linux.IPv6Only, address.Address.Equals(IPAddress.IPv6Any) ? 0 : 1);
            }

            // Accepted sockets inherit these, which saves the calls for each of them.
            Descriptor.RequireOption(descriptor, Linux.LevelTcp, Linux.TcpNoDelay, 1);
            Descriptor.Limit(descriptor, limits);
            Descriptor.Require(Bind(descriptor, address));
            Listen(descriptor);
            return descriptor;
        }
        catch
        {
            _ = Libc.Close(descriptor);
            throw;
        }
    }

    /// <summary>Goes on with a socket that another process has bound; one that refused clients there listens again.</summary>
    /// <exception cref="SocketException">It cannot listen.</exception>
    public static int TakeOver(int descriptor, IPEndPoint address, SilenceLimits limits)
    {
        _ = Bind(descriptor, address);
        _ = Libc.FileControl(descriptor, Linux.SetStatusFlags, Linux.SocketNonBlocking);
        Descriptor.RequireOption(descriptor, Linux.LevelTcp, Linux.TcpNoDelay, 1);
        Descriptor.Limit(descriptor, limits);
        Listen(descriptor);
        return descriptor;
    }

    /// <summary>
    /// Clients are refused. Shut down for reading, a listening socket is a bound one again: its port answers with RST (the kernel's
    /// inet_shutdown).
    /// </summary>
    public static void Refuse(int descriptor) => _ = Libc.Shutdown(descriptor, Linux.ShutdownRead);

    /// <summary>Listens again after <see cref="Refuse"/>.</summary>
    /// <exception cref="SocketException">Someone else has taken the address meanwhile.</exception>
    public static void ListenAgain(int descriptor, IPEndPoint address)
    {
        // Where the port was chosen by the system, the shutdown has given it back.
        var error = Bind(descriptor, address);
        Descriptor.Require(error is Errno.Invalid ? 0 : error);
        Listen(descriptor);
    }

    /// <summary>New clients are refused, while those that wait can be accepted still. False: an old kernel cannot do that.</summary>
    public static bool RefuseNew(int descriptor)
        => Descriptor.SetOption(descriptor, ListenerClosing.Level, ListenerClosing.BindToInterface, ListenerClosing.NoInterface) == 0;

    private static int Bind(int descriptor, IPEndPoint address)
    {
        var raw = RawAddress.From(address);
        return Libc.Bind(descriptor, &raw, raw.Length) < 0 ? Errno.Last : 0;
    }

    private static void Listen(int descriptor) => Descriptor.Require(Libc.Listen(descriptor, Backlog) < 0 ? Errno.Last : 0);
}
