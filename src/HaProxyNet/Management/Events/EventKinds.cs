using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Events;

/// <summary>Which events of the log are changes of state, and what they are called.</summary>
internal static class EventKinds
{
    /// <summary>The kind of an event; none when it is not a change of state.</summary>
    public static string? Of(int id) => id switch
    {
        EventIds.DestinationUp => "destination_up",
        EventIds.DestinationSuspect => "destination_suspect",
        EventIds.DestinationDown => "destination_down",
        EventIds.Failover => "failover",
        EventIds.Failback => "failback",
        EventIds.AllDown => "all_down",
        EventIds.SessionsCut => "sessions_cut",
        EventIds.ListenerPaused => "listener_paused",
        EventIds.ListenerResumed => "listener_resumed",
        EventIds.ListenerLost => "listener_lost",
        EventIds.DrainStarted => "shutdown_started",
        EventIds.ConfigurationReloaded => "configuration_reloaded",
        EventIds.ConfigurationKept => "configuration_refused",
        EventIds.ControlChange => "operator",
        EventIds.ControlClose => "operator_close",
        EventIds.OperatorStateRestored => "operator_restored",
        EventIds.OperatorStateCorrupt => "operator_state_lost",
        EventIds.OperatorStateUnreadable => "operator_state_lost",
        EventIds.OperatorStateUnwritable => "operator_state_unwritable",
        _ => null,
    };
}
