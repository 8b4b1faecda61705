using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport;

/// <summary>The line about a listener that cannot accept for now, which both engines write.</summary>
internal static partial class AcceptLog
{
    [LoggerMessage(TransportEventIds.AcceptPaused, LogLevel.Warning,
        "Listener {Listener} cannot accept ({Error}): descriptors or memory are running out. Open connections go on, new ones wait until "
        + "there is room. Raise the limit of open files (LimitNOFILE in systemd, ulimit -n).")]
    public static partial void AcceptPaused(this ILogger logger, string listener, SocketError error);
}
