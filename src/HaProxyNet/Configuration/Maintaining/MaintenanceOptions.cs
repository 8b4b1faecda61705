using System.ComponentModel;

namespace HaProxyNet.Configuration.Maintaining;

/// <summary>Where it is kept which destinations operators have taken out of service, and who else knows it.</summary>
public sealed class MaintenanceOptions
{
    /// <summary>Where it is kept; default: in the state file.</summary>
    [Description("Where it is kept which destinations operators have taken out: File (the state file: this proxy alone) or Etcd (all "
        + "proxies of the same Name).")]
    public MaintenanceStoreKind Store { get; set; } = MaintenanceStoreKind.File;

    /// <summary>The name of the pair: proxies of the same name share what operators decide.</summary>
    [Description("The name of the pair: proxies with the same name, and the same clusters, share what operators decide.")]
    public string Name { get; set; } = "default";

    /// <summary>What this proxy is called in messages on the other one. Empty: the machine's name.</summary>
    [Description("What this proxy is called in messages on the other one. Empty: the machine's name.")]
    public string Node { get; set; } = "";

    /// <summary>Where etcd is, with <see cref="MaintenanceStoreKind.Etcd"/>.</summary>
    [Description("Where etcd is, with Store Etcd.")]
    public EtcdOptions Etcd { get; set; } = new();

    /// <summary>Whether other proxies know what is decided here.</summary>
    internal bool IsShared => Store is not MaintenanceStoreKind.File;

    /// <summary>What this proxy is called.</summary>
    internal string NodeName => Node.Length > 0 ? Node : Environment.MachineName;
}
