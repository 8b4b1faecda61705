using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health;

/// <summary>
/// Connects that this machine could not even try are no evidence against a destination: an operator has to learn of them in another way.
/// One line a minute for each kind. Any thread.
/// </summary>
internal sealed partial class OwnTrouble(ILogger<OwnTrouble> logger, TimeProvider time)
{
    private static readonly TimeSpan _betweenLines = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ConnectStatus, (long At, long Silent)> _told = [];

    /// <summary>A connect to this destination could not be tried.</summary>
    public void Report(ConnectStatus status, Destination destination)
    {
        long silent = 0;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_told.TryGetValue(status, out var last))
            {
                if (time.GetElapsedTime(last.At, now) < _betweenLines)
                {
                    _told[status] = (last.At, last.Silent + 1);
                    return;
                }

                silent = last.Silent;
            }

            _told[status] = (now, 0);
        }

        LogTrouble(destination.ClusterName, destination.Name, destination.Model.Address.ToString(), status.Label(), Advice(status), silent);
    }

    private static string Advice(ConnectStatus status) => status switch
    {
        ConnectStatus.NoDescriptor => "No file descriptor is left. Raise the limit of open files (LimitNOFILE in systemd, ulimit -n).",
        ConnectStatus.NoPort
            => "No source port is left for this destination. Widen net.ipv4.ip_local_port_range, or give the destination a second address.",
        ConnectStatus.NoMemory => "The system has no memory for sockets. Look at net.ipv4.tcp_mem and the memory limit of the service.",
        ConnectStatus.Forbidden
            => "A rule of this machine forbids it. Look at the service's sandbox (IPAddressDeny in systemd, BPF, seccomp) and the local "
                + "firewall.",
        _ => "Look at the network settings of this machine, such as whether it speaks IPv6.",
    };

    [LoggerMessage(EventIds.OwnTrouble, LogLevel.Error,
        "This machine cannot connect to {Cluster}/{Destination} ({Address}): {Reason}. {Advice} The destination keeps its state, and "
            + "clients go to "
        + "the next one. {Silent} more since the last such line.")]
    private partial void LogTrouble(string cluster, string destination, string address, string reason, string advice, long silent);
}
