using HaProxyNet.Failover;
using HaProxyNet.State;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>Sets what it is told to set, and nothing follows from it.</summary>
internal sealed class SettingControl : IFailoverControl
{
    public void SetMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision) => destination.Decision = decision;

    public void RestoreMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision)
        => SetMaintenance(cluster, destination, decision);

    public void RestoreSwitch(Cluster cluster, Destination destination)
    {
    }

    public void Switch(Cluster cluster, Destination destination)
    {
    }

    public void FailBack(Cluster cluster)
    {
    }
}
