using System.Net.Sockets;

namespace HaProxyNet.Transport;

/// <summary>Decides what to do about a failed accept. Pure.</summary>
internal static class AcceptErrors
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Puts the error in its tier. accept(2) passes on errors that the network had for the new connection; these say nothing about the
    /// listening socket.
    /// </summary>
    public static AcceptErrorTier Classify(SocketError error) => error switch
    {
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit
            => AcceptErrorTier.ResourcePressure,
        SocketError.NotSocket or SocketError.InvalidArgument or SocketError.OperationNotSupported or SocketError.OperationAborted
            or SocketError.Fault => AcceptErrorTier.Fatal,
        _ => AcceptErrorTier.Transient,
    };

    /// <summary>How long to pause after one more error under pressure: 100 ms, doubled each time, 5 s at the most.</summary>
    public static TimeSpan NextPause(TimeSpan last)
        => last == TimeSpan.Zero ? _firstPause : TimeSpan.FromTicks(Math.Min(last.Ticks * 2, _longestPause.Ticks));
}
