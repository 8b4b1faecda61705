using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Failover;

internal sealed partial class FailoverDirector
{
    [LoggerMessage(EventIds.Failover, LogLevel.Warning, "Failover in {Cluster}: new connections go from {From} to {To}, {Reason}.")]
    private partial void LogFailover(string cluster, string from, string to, string reason);

    [LoggerMessage(EventIds.Failback, LogLevel.Information, "Failback in {Cluster}: new connections go from {From} to {To}, {Reason}.")]
    private partial void LogFailback(string cluster, string from, string to, string reason);

    [LoggerMessage(EventIds.AllDown, LogLevel.Error,
        "No destination of {Cluster} can be used: {From} was the last, {Reason}. New connections are refused until one accepts.")]
    private partial void LogNoneLeft(string cluster, string from, string reason);
}
