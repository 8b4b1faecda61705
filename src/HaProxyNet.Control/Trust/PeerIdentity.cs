using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.Control.Trust;

/// <summary>The identity of the process at the other end of the control socket, as far as the system tells.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Pid">The process.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PeerIdentity(uint? Uid, int? Pid)
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>The peer of a socket or pipe that only its user and administrators can open.</summary>
    public static PeerIdentity Unknown => default;

    /// <summary>Whether it may give commands: the user that the proxy runs as, and root.</summary>
    public bool IsAllowed => Uid is not { } uid || uid == 0 || uid == ProcessOwner.Uid;

    /// <summary>Reads who connected a Unix socket (Linux: SO_PEERCRED); elsewhere the mode of the socket alone decides who can.</summary>
    public static PeerIdentity Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Unknown;
        }

        // struct ucred: pid, uid, gid.
        Span<int> credentials = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        return new(unchecked((uint)credentials[1]), credentials[0]);
    }

    /// <summary>Its user, for what is kept: a process number says nothing to another machine.</summary>
    public string User => Uid is { } uid ? $"uid {uid}" : "an operator";

    /// <summary>For the log.</summary>
    public override string ToString() => Uid is { } uid ? $"uid {uid}, pid {Pid}" : "a process of the proxy's user or of an administrator";
}
