namespace HaProxyNet.Transport.Native;

/// <summary>Numbers of the Linux system call interface (the same on x64 and arm64; include/uapi).</summary>
internal static class Linux
{
    public const int EpollCloseOnExec = 0x80000;
    public const int EpollAdd = 1;
    public const int EpollRemove = 2;

    public const uint EventIn = 0x001;
    public const uint EventUrgent = 0x002;
    public const uint EventOut = 0x004;
    public const uint EventError = 0x008;
    public const uint EventHangUp = 0x010;
    public const uint EventPeerClosed = 0x2000;
    public const uint EventExclusive = 1u << 28;
    public const uint EventEdge = 1u << 31;

    public const int EventNonBlocking = 0x800;
    public const int EventCloseOnExec = 0x80000;

    public const int FamilyIPv4 = 2;
    public const int FamilyIPv6 = 10;
    public const int SocketStream = 1;
    public const int SocketNonBlocking = 0x800;
    public const int SocketCloseOnExec = 0x80000;

    public const int SetStatusFlags = 4;
    public const int DuplicateCloseOnExec = 1030;

    public const int LevelSocket = 1;
    public const int OptionReuseAddress = 2;
    public const int OptionError = 4;
    public const int OptionKeepAlive = 9;
    public const int OptionLinger = 13;
    public const int OptionReceiveLowWater = 18;
    public const int OptionAcceptsConnections = 30;

    public const int LevelTcp = 6;
    public const int TcpNoDelay = 1;
    public const int TcpKeepIdle = 4;
    public const int TcpKeepInterval = 5;
    public const int TcpKeepCount = 6;
    public const int TcpInfo = 11;
    public const int TcpQuickAck = 12;
    public const int TcpUserTimeout = 18;

    public const int LevelIPv6 = 41;
    public const int IPv6Only = 26;

    public const int LevelIP = 0;
    public const int OriginalDestination = 80;

    public const int MessageUrgent = 0x01;
    public const int MessagePeek = 0x02;
    public const int MessageNoSignal = 0x4000;
    public const int MessageMore = 0x8000;

    public const int ShutdownRead = 0;
    public const int ShutdownWrite = 1;
    public const int ShutdownBoth = 2;

    public const uint SpliceMove = 1;
    public const uint SpliceNonBlocking = 2;

    public const int PipeSetSize = 1031;

    public const nuint SendQueueLength = 0x5411;
    public const nuint AtUrgentMark = 0x8905;
}
