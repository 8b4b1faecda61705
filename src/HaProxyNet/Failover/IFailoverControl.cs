using HaProxyNet.State;

namespace HaProxyNet.Failover;

/// <summary>
/// What an operator can change while the proxy runs. Any thread; each call has taken effect for new connections when it returns.
/// </summary>
internal interface IFailoverControl
{
    /// <summary>Takes a destination out of service, or puts it back.</summary>
    void SetMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision);

    /// <summary>Makes a destination the active one, whatever the failback mode, for as long as it can be used.</summary>
    void Switch(Cluster cluster, Destination destination);

    /// <summary>Takes an operator's switch back, and goes to the most preferred destination that is up, now.</summary>
    void FailBack(Cluster cluster);
}
