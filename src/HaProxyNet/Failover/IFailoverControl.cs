using HaProxyNet.State;

namespace HaProxyNet.Failover;

/// <summary>
/// What an operator can change while the proxy runs. Any thread; each call has taken effect for new connections when it returns.
/// </summary>
internal interface IFailoverControl
{
    /// <summary>Takes a destination out of service, or puts it back.</summary>
    void SetMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision);

    /// <summary>
    /// As <see cref="SetMaintenance"/>, before the listeners open: it was set before a restart, and nothing is counted or told as a
    /// failover.
    /// </summary>
    void RestoreMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision);

    /// <summary>As <see cref="Switch"/>, before the listeners open: it was set before a restart.</summary>
    void RestoreSwitch(Cluster cluster, Destination destination);

    /// <summary>Makes a destination the active one, whatever the failback mode, for as long as it can be used.</summary>
    void Switch(Cluster cluster, Destination destination);

    /// <summary>Takes an operator's switch back, and goes to the most preferred destination that is up, now.</summary>
    void FailBack(Cluster cluster);
}
