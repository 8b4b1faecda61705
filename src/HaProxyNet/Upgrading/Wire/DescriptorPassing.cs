using System.Runtime.InteropServices;

namespace HaProxyNet.Upgrading.Wire;

/// <summary>Unix sockets that carry descriptors (unix(7), cmsg(3)): 64-bit Linux only, as is the whole hand-over.</summary>
internal static unsafe partial class DescriptorPassing
{
    /// <summary>The most descriptors of one packet (SCM_MAX_FD of net/scm.h).</summary>
    public const int MostDescriptors = 253;

    private const string Library = "libc";
    private const int FamilyUnix = 1;
    private const int SequencedPackets = 5;
    private const int CloseOnExec = 0x80000;
    private const int LevelSocket = 1;
    private const int Rights = 1;
    private const int PeerCredentials = 17;
    private const int ReceiveTimeout = 20;
    private const int SendTimeout = 21;
    private const int NoSignal = 0x4000;
    private const int ReceivedCloseOnExec = 0x4000_0000;
    private const int SetDescriptorFlags = 2;
    private const int HeaderSize = 16;

    /// <summary>Two connected sockets; (-1, -1) when the system has none to give.</summary>
    public static (int Ours, int Theirs) Pair()
    {
        var ends = stackalloc int[2];
        return SocketPair(FamilyUnix, SequencedPackets | CloseOnExec, 0, ends) < 0 ? (-1, -1) : (ends[0], ends[1]);
    }

    /// <summary>Lets the next program that is started have this descriptor.</summary>
    public static void LetInherit(int descriptor) => FileControl(descriptor, SetDescriptorFlags, 0);

    /// <summary>Calls on this socket end with an error after so long; <see cref="Timeout.InfiniteTimeSpan"/>: they wait on.</summary>
    public static void Limit(int socket, TimeSpan patience)
    {
        // socket(7): a time-out of 0 is none.
        var limit = patience == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : patience;
        var time = stackalloc long[2] { (long)limit.TotalSeconds, limit.Milliseconds * 1000L };
        SetOption(socket, LevelSocket, ReceiveTimeout, time, 2 * sizeof(long));
        SetOption(socket, LevelSocket, SendTimeout, time, 2 * sizeof(long));
    }

    /// <summary>The process and user at the other end when the pair was made; null: this is no such socket.</summary>
    public static (int Process, uint User)? PeerOf(int socket)
    {
        var credentials = stackalloc int[3];
        uint length = 3 * sizeof(int);
        return GetOption(socket, LevelSocket, PeerCredentials, credentials, &length) < 0 || length < 3 * sizeof(int)
            ? null
            : (credentials[0], (uint)credentials[1]);
    }

    /// <summary>The user that this process acts as.</summary>
    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint OwnUser();

    /// <summary>Sends a packet; false: see the errno.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> packet, ReadOnlySpan<int> descriptors)
    {
        var control = stackalloc byte[HeaderSize + (sizeof(int) * (MostDescriptors + 1))];
        fixed (byte* bytes = packet)
        {
            var part = new Part { Start = bytes, Length = (nuint)packet.Length };
            var message = new Message { Parts = &part, PartCount = 1 };
            if (descriptors.Length > 0)
            {
                *(nuint*)control = (nuint)(HeaderSize + (sizeof(int) * descriptors.Length));
                ((int*)control)[2] = LevelSocket;
                ((int*)control)[3] = Rights;
                descriptors.CopyTo(new Span<int>(control + HeaderSize, descriptors.Length));
                message.Control = control;
                message.ControlLength = (nuint)(HeaderSize + (((sizeof(int) * descriptors.Length) + 7) & ~7));
            }

            return SendMessage(socket, &message, NoSignal) == packet.Length;
        }
    }

    /// <summary>Receives a packet. The count of its bytes; 0: the other end is closed; below zero: see the errno.</summary>
    public static int Receive(int socket, Span<byte> packet, List<int> descriptors)
    {
        var control = stackalloc byte[HeaderSize + (sizeof(int) * (MostDescriptors + 1))];
        fixed (byte* bytes = packet)
        {
            var part = new Part { Start = bytes, Length = (nuint)packet.Length };
            var message = new Message
            {
                Parts = &part,
                PartCount = 1,
                Control = control,
                ControlLength = HeaderSize + (sizeof(int) * (MostDescriptors + 1)),
            };
            var count = (int)ReceiveMessage(socket, &message, ReceivedCloseOnExec);
            if (count >= 0 && message.ControlLength >= HeaderSize && ((int*)control)[2] == LevelSocket && ((int*)control)[3] == Rights)
            {
                var bytesOfDescriptors = (int)*(nuint*)control - HeaderSize;
                descriptors.AddRange(new ReadOnlySpan<int>(control + HeaderSize, bytesOfDescriptors / sizeof(int)));
            }

            return count;
        }
    }

    [LibraryImport(Library, EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* ends);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, Message* message, int flags);

    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, Message* message, int flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>struct msghdr of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public nuint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
