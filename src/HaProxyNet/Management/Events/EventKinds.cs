using System.Collections.Frozen;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Events;

/// <summary>Which events of the log are changes of state, what they are called, and what they tell.</summary>
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

    /// <summary>The shapes by the number of the log event.</summary>
    public static FrozenDictionary<int, EventShape> Shapes { get; } = new Dictionary<int, EventShape>
    {
        [EventIds.DestinationUp] = new("destination_up")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Reason",
            Facts = [("address", "Address")],
        },
        [EventIds.DestinationSuspect] = new("destination_suspect")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Facts = [("address", "Address")],
        },
        [EventIds.DestinationDown] = new(DestinationDown)
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Reason",
            Facts = [("address", "Address"), ("next", "Next"), ("tookMs", "tookMs")],
        },
        [EventIds.Failover] = new(Failover) { Cluster = "Cluster", Destination = "To", Reason = "Reason", Facts = [("from", "From")] },
        [EventIds.Failback] = new(Failback) { Cluster = "Cluster", Destination = "To", Reason = "Reason", Facts = [("from", "From")] },
        [EventIds.AllDown] = new(AllDown) { Cluster = "Cluster", Reason = "Reason", Facts = [("from", "From")] },
        [EventIds.SessionsCut] = new("sessions_cut") { Reason = "Outcome", Facts = [("count", "Count"), ("outcome", "Outcome")] },
        [EventIds.ListenerPaused] = new("listener_paused") { Cluster = "Cluster", Facts = [("listener", "Listener")] },
        [EventIds.ListenerResumed] = new("listener_resumed") { Facts = [("listener", "Listener")] },
        [EventIds.ListenerLost] = new("listener_lost") { Facts = [("listener", "Listener"), ("address", "Address"), ("why", "Why")] },
        [EventIds.DrainStarted] = new("shutdown_started") { Facts = [("open", "Open"), ("seconds", "Seconds")] },
        [EventIds.DrainEnded] = new("shutdown_ended") { Facts = [("ended", "Ended"), ("cut", "Cut")] },
        [EventIds.ListenerAdded] = new("listener_added") { Facts = [("listener", "Listener"), ("address", "Address")] },
        [EventIds.ListenerClosed] = new("listener_closed") { Facts = [("listener", "Listener"), ("address", "Address")] },
        [EventIds.ListenerBack] = new("listener_back") { Facts = [("listener", "Listener"), ("address", "Address")] },
        [EventIds.AcceptPaused] = new("accept_paused") { Facts = [("listener", "Listener"), ("error", "Error")] },
        [EventIds.AcceptStopped] = new("accept_stopped") { Facts = [("listener", "Listener"), ("address", "Address"), ("error", "Error")] },
        [EventIds.AddressesChanged] = new("addresses_changed")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Facts = [("host", "Host"), ("addresses", "Addresses"), ("before", "Before")],
        },
        [EventIds.StandbyProven] = new("standby_proven") { Cluster = "Cluster", Destination = "Destination" },
        [EventIds.StandbyNotProven] = new("standby_not_proven")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Reason",
            Facts = [("address", "Address")],
        },
        [EventIds.ProbesHandshakeFailed] = new("handshake_failed")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Facts = [("address", "Address"), ("result", "Result"), ("why", "Why")],
        },
        [EventIds.CertificateRenewed] = new("certificate_renewed")
        {
            Facts = [("owner", "Owner"), ("subject", "Subject"), ("thumbprint", "Thumbprint"), ("notAfter", "NotAfter")],
        },
        [EventIds.CertificateKept] = new("certificate_refused") { Facts = [("owner", "Owner")] },
        [EventIds.CertificateFault] = new("certificate_fault") { Facts = [("fault", "Fault")] },
        [EventIds.CertificateWarning] = new("certificate_warning") { Facts = [("warning", "Warning")] },
        [EventIds.OwnTrouble] = new("own_trouble")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Reason",
            Facts = [("address", "Address"), ("advice", "Advice"), ("silent", "Silent")],
        },
        [EventIds.InternalFault] = new("internal_fault")
        {
            Facts = [("place", "Place"), ("fault", "Fault"), ("consequence", "Consequence"), ("silent", "Silent")],
        },
        [EventIds.ForeseeableFault] = new("internal_fault")
        {
            Facts = [("place", "Place"), ("fault", "Fault"), ("consequence", "Consequence"), ("silent", "Silent")],
        },
        [EventIds.ConfigurationFault] = new("configuration_fault") { Facts = [("fault", "Fault")] },
        [EventIds.ReloadNeedsRestart] = new("configuration_needs_restart") { Facts = [("settings", "Settings")] },
        [EventIds.ConfigurationReloaded] = new("configuration_reloaded"),
        [EventIds.ConfigurationKept] = new("configuration_refused"),
        [EventIds.ControlChange] = new("operator")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Change",
            Facts = [("by", "By"), ("change", "Change")],
        },
        [EventIds.ControlClose] = new("operator_close")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Facts = [("by", "By"), ("count", "Count")],
        },
        [EventIds.OperatorStateRestored] = new("operator_restored")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Change",
            Facts = [("change", "Change")],
        },
        [EventIds.OperatorStateCorrupt] = new("operator_state_lost") { Facts = [("path", "Path"), ("fault", "Fault"), ("aside", "Aside")] },
        [EventIds.OperatorStateUnreadable] = new("operator_state_lost") { Facts = [("path", "Path"), ("fault", "Fault")] },
        [EventIds.OperatorStateUnwritable] = new("operator_state_unwritable") { Facts = [("path", "Path"), ("fault", "Fault")] },
        [EventIds.StickyClientsRestored] = new("sticky_clients_restored") { Cluster = "Cluster", Facts = [("count", "Clients")] },
        [EventIds.StickyClientsUnreadable] = new("sticky_clients_lost") { Facts = [("path", "Path"), ("fault", "Fault")] },
        [EventIds.StickyClientsUnwritable] = new("sticky_clients_unwritable") { Facts = [("path", "Path"), ("fault", "Fault")] },
        [EventIds.MaintenanceFollowed] = new("operator")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Change",
            Facts = [("change", "Change"), ("origin", "Origin")],
        },
        [EventIds.LeaseForced] = new("operator")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Change",
            Facts = [("by", "By"), ("change", "Change")],
        },
        [EventIds.MaintenanceOverruled] = new("operator_overruled")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Change",
            Facts = [("change", "Change"), ("origin", "Origin")],
        },
        [EventIds.MaintenanceStoreAway] = new("maintenance_store_away") { Facts = [("problem", "Problem")] },
        [EventIds.MaintenanceStoreBack] = new("maintenance_store_back"),
        [EventIds.MaintenanceStoreRefilled] = new("maintenance_store_refilled") { Cluster = "Cluster" },
        [EventIds.LeaseRefused] = new("operator_refused")
        {
            Cluster = "Cluster",
            Destination = "Destination",
            Reason = "Reason",
            Facts = [("by", "By")],
        },
    }.ToFrozenDictionary();
}
