using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health;

internal sealed partial class HealthReporter
{
    [LoggerMessage(EventIds.DestinationUp, LogLevel.Information, "Destination up: {Cluster}/{Destination} ({Address}), {Reason}.")]
    private partial void LogUp(string cluster, string destination, string address, string reason);

    [LoggerMessage(EventIds.DestinationDown, LogLevel.Warning,
        "Destination down: {Cluster}/{Destination} ({Address}), {Reason}. It is probed until it accepts again.")]
    private partial void LogDown(string cluster, string destination, string address, string reason);

    [LoggerMessage(EventIds.Failover, LogLevel.Warning, "Failover in {Cluster}: new connections go from {From} to {To}, {Reason}.")]
    private partial void LogFailover(string cluster, string from, string to, string reason);

    [LoggerMessage(EventIds.Failback, LogLevel.Information, "Failback in {Cluster}: new connections go from {From} to {To}, {Reason}.")]
    private partial void LogFailback(string cluster, string from, string to, string reason);

    [LoggerMessage(EventIds.AllDown, LogLevel.Error,
        "No destination is up in {Cluster}: {From} was the last, {Reason}. New connections are reset until one accepts.")]
    private partial void LogNoneLeft(string cluster, string from, string reason);
}
