using System.Net;
using HaProxyNet.Connections;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Introducing;

/// <summary>
/// Tells operators that the proxy and a load balancer in front do not agree on PROXY headers. One line a minute for each listener and
/// reason: a load balancer that is set up wrongly does it with each connection. Any thread.
/// </summary>
internal sealed partial class HeaderTrouble(ILogger<HeaderTrouble> logger, TimeProvider time)
{
    private static readonly TimeSpan _betweenLines = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Listener, RefusalReason Reason), (long At, long Silent)> _told = [];

    /// <summary>A connection is refused for this reason.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="detail">What was seen.</param>
    public void Report(ProxyConnection connection, RefusalReason reason, string detail)
    {
        if (MaySpeak(connection.Listener.Name, reason) is { } silent)
        {
            Tell(connection.Listener.Name, connection.Client.RemoteEndPoint, reason, detail, silent);
        }
    }

    /// <summary>How many were not told since the last line; null when it is too soon for another.</summary>
    private long? MaySpeak(string listener, RefusalReason reason)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var isKnown = _told.TryGetValue((listener, reason), out var last);
            if (isKnown && time.GetElapsedTime(last.At, now) < _betweenLines)
            {
                _told[(listener, reason)] = (last.At, last.Silent + 1);
                return null;
            }

            _told[(listener, reason)] = (now, 0);
            return last.Silent;
        }
    }

    private void Tell(string listener, IPEndPoint peer, RefusalReason reason, string detail, long silent)
    {
        switch (reason)
        {
            case RefusalReason.ProxyHeaderMissing:
                LogMissing(listener, peer, detail, silent);
                break;
            case RefusalReason.ProxyHeaderInvalid:
                LogInvalid(listener, peer, detail, silent);
                break;
            default:
                LogUnexpected(listener, peer, silent);
                break;
        }
    }

    [LoggerMessage(EventIds.ProxyHeaderMissing, LogLevel.Warning,
        "Listener {Listener} refused {Peer}: it is in ProxyProtocol.AcceptFrom and must begin with a PROXY header, and {Detail}. Switch "
            + "the PROXY "
        + "protocol on at the load balancer, or take its address out of AcceptFrom. {Silent} more since the last such line.")]
    private partial void LogMissing(string listener, IPEndPoint peer, string detail, long silent);

    [LoggerMessage(EventIds.ProxyHeaderInvalid, LogLevel.Warning,
        "Listener {Listener} refused {Peer}: its PROXY header breaks the rules, {Detail}. Look at the version and the settings of the load "
            + "balancer. "
        + "{Silent} more since the last such line.")]
    private partial void LogInvalid(string listener, IPEndPoint peer, string detail, long silent);

    [LoggerMessage(EventIds.ProxyHeaderUnexpected, LogLevel.Warning,
        "Listener {Listener} refused {Peer}: it sent a PROXY header, and its address is not in ProxyProtocol.AcceptFrom. Add it if it is a "
            + "load "
        + "balancer of yours; otherwise somebody wants to pass for another client. {Silent} more since the last such line.")]
    private partial void LogUnexpected(string listener, IPEndPoint peer, long silent);
}
