using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health;

internal sealed partial class HealthReporter
{
    [LoggerMessage(EventIds.DestinationUp, LogLevel.Information, "Destination up: {Cluster}/{Destination} ({Address}), {Reason}.")]
    private partial void LogUp(string cluster, string destination, string address, string reason);

    [LoggerMessage(EventIds.DestinationSuspect, LogLevel.Warning,
        "Destination suspect: {Cluster}/{Destination} ({Address}) has not answered in time. Others are tried first until it has answered "
            + "or failed.")]
    private partial void LogSuspect(string cluster, string destination, string address);

    [LoggerMessage(EventIds.DestinationDown, LogLevel.Warning,
        "Destination down: {Cluster}/{Destination} ({Address}), {Reason}. {Next}.")]
    private partial void LogDown(string cluster, string destination, string address, string reason, string next, double tookMs);
}
