using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Reactor;

/// <summary>What the system refuses that the Reactor can do without: one line for each, however many lanes meet it. Any thread.</summary>
internal sealed partial class ReactorLimits(ILogger logger)
{
    private int _splice;
    private int _exclusive;

    /// <summary>splice(2) was refused, as seccomp profiles and some sandboxes do.</summary>
    public void SpliceRefused(int errno)
    {
        if (Interlocked.Exchange(ref _splice, 1) == 0)
        {
            LogSpliceRefused(logger, errno);
        }
    }

    /// <summary>EPOLLEXCLUSIVE was refused.</summary>
    public void ExclusiveRefused()
    {
        if (Interlocked.Exchange(ref _exclusive, 1) == 0)
        {
            LogExclusiveRefused(logger);
        }
    }

    [LoggerMessage(TransportEventIds.SpliceRefused, LogLevel.Warning,
        "The system refuses splice (errno {Errno}): large transfers are copied instead, which costs more processor time. Allow splice "
            + "in the "
        + "seccomp profile if there is one.")]
    private static partial void LogSpliceRefused(ILogger logger, int errno);

    [LoggerMessage(TransportEventIds.ExclusiveRefused, LogLevel.Warning,
        "The system refuses EPOLLEXCLUSIVE: each new connection wakes all lanes instead of one, which costs processor time.")]
    private static partial void LogExclusiveRefused(ILogger logger);
}
