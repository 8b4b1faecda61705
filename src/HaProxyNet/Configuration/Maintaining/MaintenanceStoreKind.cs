namespace HaProxyNet.Configuration.Maintaining;

/// <summary>Where it is kept which destinations operators have taken out of service.</summary>
public enum MaintenanceStoreKind
{
    /// <summary>In the state file: each proxy knows its own.</summary>
    File,

    /// <summary>In etcd as well: all proxies of the same name know the same.</summary>
    Etcd,
}
