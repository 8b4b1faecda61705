using System.Runtime.Versioning;
using HaProxyNet.Management.Events;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Logging;

/// <summary>The log's changes of state, to the event log of Windows.</summary>
[SupportedOSPlatform("windows")]
[ProviderAlias("StateEventLog")]
internal sealed class EventLogProvider(TimeProvider time, LogLosses losses)
    : QueueLogProvider(
        new LogQueue(new WindowsEventLog(Source), new EventLogFormat(), time, losses), static id => EventKinds.Shapes.ContainsKey(id.Id))
{
    /// <summary>The source of the entries, which the installation of the service registers.</summary>
    public const string Source = "HaProxyNet";
}
