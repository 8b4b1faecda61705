using System.Net.Sockets;

namespace HaProxyNet.Transport.Vocabulary;

/// <summary>
/// The one table of what errors of connect(2) mean, for both engines, probes and doctor. What was heard from the destination, or about the
/// way to it, is evidence; what this machine lacks or forbids is none. Pure.
/// </summary>
internal static class ConnectErrors
{
    /// <summary>
    /// Sources: tcp(7), connect(2), and of the kernel net/ipv4/icmp.c (icmp_err_convert), net/ipv6/icmp.c (icmpv6_err_convert),
    /// net/ipv4/fib_semantics.c and net/ipv6/route.c (kinds of routes).
    /// </summary>
    public static IReadOnlyList<ConnectError> Table { get; } =
    [
        new(111, SocketError.ConnectionRefused, ConnectStatus.Refused, "RST in answer to the SYN; ICMP port unreachable"),
        new(104, SocketError.ConnectionReset, ConnectStatus.Reset, "RST in the middle of the handshake"),
        new(103, SocketError.ConnectionAborted, ConnectStatus.Reset, "ended in the middle of the handshake"),
        new(32, SocketError.Shutdown, ConnectStatus.Reset, "RST behind a FIN"),
        new(110, SocketError.TimedOut, ConnectStatus.TimedOut, "no answer to any SYN"),

        new(113, SocketError.HostUnreachable, ConnectStatus.Unreachable, "ICMP host unreachable or filtered; no answer to ARP; route of "
            + "kind unreachable"),
        new(101, SocketError.NetworkUnreachable, ConnectStatus.Unreachable, "no route; ICMP network unreachable"),
        new(100, SocketError.NetworkDown, ConnectStatus.Unreachable, "the interface of the route is down"),
        new(102, SocketError.NetworkReset, ConnectStatus.Unreachable, "the network dropped the connection"),
        new(112, SocketError.HostDown, ConnectStatus.Unreachable, "ICMP host unknown"),
        new(64, SocketError.SocketError, ConnectStatus.Unreachable, "ICMP source host isolated"),
        new(92, SocketError.ProtocolOption, ConnectStatus.Unreachable, "ICMP protocol unreachable"),
        new(95, SocketError.OperationNotSupported, ConnectStatus.Unreachable, "ICMP source route failed"),
        new(71, SocketError.SocketError, ConnectStatus.Unreachable, "ICMP parameter problem"),
        new(90, SocketError.MessageSize, ConnectStatus.Unreachable, "ICMP fragmentation needed"),
        new(22, SocketError.InvalidArgument, ConnectStatus.Unreachable, "route of kind blackhole; IPv6 link-local address without its "
            + "interface"),
        new(13, SocketError.AccessDenied, ConnectStatus.Unreachable, "route of kind prohibit; ICMPv6 administratively prohibited"),
        new(19, SocketError.SocketError, ConnectStatus.Unreachable, "the interface of an IPv6 link-local address does not exist"),
        new(6, SocketError.HostNotFound, ConnectStatus.Unreachable, "the interface of the address does not exist"),

        new(24, SocketError.TooManyOpenSockets, ConnectStatus.NoDescriptor, "this process has no descriptor left"),
        new(23, SocketError.TooManyOpenSockets, ConnectStatus.NoDescriptor, "this machine has no descriptor left"),
        new(99, SocketError.AddressNotAvailable, ConnectStatus.NoPort, "no source port left; no source address of that family"),
        new(98, SocketError.AddressAlreadyInUse, ConnectStatus.NoPort, "the source port is taken"),
        new(11, SocketError.WouldBlock, ConnectStatus.NoPort, "no source port left"),
        new(105, SocketError.NoBufferSpaceAvailable, ConnectStatus.NoMemory, "no memory for buffers"),
        new(12, SocketError.NoBufferSpaceAvailable, ConnectStatus.NoMemory, "no memory"),
        new(1, SocketError.AccessDenied, ConnectStatus.Forbidden, "a rule of this machine forbids the connect (BPF of the service's "
            + "cgroup, seccomp)"),

        new(97, SocketError.AddressFamilyNotSupported, ConnectStatus.LocalFailure, "this machine does not speak that family of addresses"),
        new(93, SocketError.ProtocolNotSupported, ConnectStatus.LocalFailure, "this machine has no TCP of that family"),
        new(4, SocketError.Interrupted, ConnectStatus.LocalFailure, "interrupted by a signal"),
        new(125, SocketError.OperationAborted, ConnectStatus.LocalFailure, "the proxy itself gave the attempt up"),
    ];

    /// <summary>What an errno of connect(2) on Linux means; 0: it is connected.</summary>
    public static ConnectStatus Classify(int errno) => errno == 0 ? ConnectStatus.Connected : MeaningOf(errno);

    /// <summary>What .NET's word for an error means; where several share a word, the first in the table.</summary>
    public static ConnectStatus Classify(SocketError error)
        => error is SocketError.Success ? ConnectStatus.Connected : MeaningOf(error);

    /// <summary>Whether errors of different meaning share this word.</summary>
    public static bool IsAmbiguous(SocketError error) => error is SocketError.AccessDenied or SocketError.SocketError;

    // Apart from the methods above: what a lambda holds is allocated where its method begins, for connects that succeed as well.
    private static ConnectStatus MeaningOf(int errno)
        => Table.FirstOrDefault(row => row.Errno == errno)?.Means ?? ConnectStatus.LocalFailure;

    private static ConnectStatus MeaningOf(SocketError error)
        => Table.FirstOrDefault(row => row.Error == error)?.Means ?? ConnectStatus.LocalFailure;
}
