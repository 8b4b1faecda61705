using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Events;

/// <summary>Which events of the log are changes of state, and what they are called.</summary>
internal static class EventKinds
{
    /// <summary>The process starts.</summary>
    public const string ProxyStarted = "proxy_started";

    /// <summary>The process ends in order; one that is killed does not say so.</summary>
    public const string ProxyStopped = "proxy_stopped";

    /// <summary>The clock of the machine was set.</summary>
    public const string ClockJumped = "clock_jumped";

    /// <summary>A destination cannot be used.</summary>
    public const string DestinationDown = "destination_down";

    /// <summary>New connections go to a less preferred destination.</summary>
    public const string Failover = "failover";

    /// <summary>New connections go to a more preferred destination.</summary>
    public const string Failback = "failback";

    /// <summary>No destination of a cluster can be used.</summary>
    public const string AllDown = "all_down";

    /// <summary>The kind of an event; none when it is not a change of state.</summary>
    public static string? Of(int id) => id switch
    {
        EventIds.DestinationUp => "destination_up",
        EventIds.DestinationSuspect => "destination_suspect",
        EventIds.DestinationDown => DestinationDown,
        EventIds.Failover => Failover,
        EventIds.Failback => Failback,
        EventIds.AllDown => AllDown,
        EventIds.SessionsCut => "sessions_cut",
        EventIds.ListenerPaused => "listener_paused",
        EventIds.ListenerResumed => "listener_resumed",
        EventIds.ListenerLost => "listener_lost",
        EventIds.DrainStarted => "shutdown_started",
        EventIds.DrainEnded => "shutdown_ended",
        EventIds.ListenerAdded => "listener_added",
        EventIds.ListenerClosed => "listener_closed",
        EventIds.ListenerBack => "listener_back",
        EventIds.AcceptPaused => "accept_paused",
        EventIds.AcceptStopped => "accept_stopped",
        EventIds.AddressesChanged => "addresses_changed",
        EventIds.StandbyProven => "standby_proven",
        EventIds.StandbyNotProven => "standby_not_proven",
        EventIds.ProbesHandshakeFailed => "handshake_failed",
        EventIds.CertificateRenewed => "certificate_renewed",
        EventIds.CertificateKept => "certificate_refused",
        EventIds.CertificateFault => "certificate_fault",
        EventIds.CertificateWarning => "certificate_warning",
        EventIds.OwnTrouble => "own_trouble",
        EventIds.InternalFault or EventIds.ForeseeableFault => "internal_fault",
        EventIds.ConfigurationFault => "configuration_fault",
        EventIds.ReloadNeedsRestart => "configuration_needs_restart",
        EventIds.ConfigurationReloaded => "configuration_reloaded",
        EventIds.ConfigurationKept => "configuration_refused",
        EventIds.ControlChange => "operator",
        EventIds.ControlClose => "operator_close",
        EventIds.OperatorStateRestored => "operator_restored",
        EventIds.OperatorStateCorrupt => "operator_state_lost",
        EventIds.OperatorStateUnreadable => "operator_state_lost",
        EventIds.OperatorStateUnwritable => "operator_state_unwritable",
        EventIds.MaintenanceFollowed or EventIds.LeaseForced => "operator",
        EventIds.MaintenanceOverruled => "operator_overruled",
        EventIds.MaintenanceStoreAway => "maintenance_store_away",
        EventIds.MaintenanceStoreBack => "maintenance_store_back",
        EventIds.MaintenanceStoreRefilled => "maintenance_store_refilled",
        EventIds.LeaseRefused => "operator_refused",
        _ => null,
    };
}
