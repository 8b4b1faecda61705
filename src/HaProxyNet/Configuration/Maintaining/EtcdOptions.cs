using System.ComponentModel;

namespace HaProxyNet.Configuration.Maintaining;

/// <summary>Where etcd is, and how the proxy shows who it is.</summary>
public sealed class EtcdOptions
{
    /// <summary>The URLs of its members. One that does not answer is passed over.</summary>
    [Description("The URLs of etcd's members, such as https://etcd1.corp.example:2379. One that does not answer is passed over.")]
    public IList<string> Endpoints { get; set; } = [];

    /// <summary>What all keys begin with.</summary>
    [Description("What all keys begin with; the name of the pair follows.")]
    public string Prefix { get; set; } = "/haproxynet/";

    /// <summary>A PEM file with the authorities that may have issued the members' certificates. Empty: the system's.</summary>
    [Description("A PEM file with the authorities that may have issued the members' certificates. Empty: the system's.")]
    public string CaPath { get; set; } = "";

    /// <summary>A PEM file with the certificate that the proxy shows. Empty: none.</summary>
    [Description("A PEM file with the certificate that the proxy shows. Empty: none.")]
    public string CertificatePath { get; set; } = "";

    /// <summary>The PEM file with its private key; empty when <see cref="CertificatePath"/> holds it.</summary>
    [Description("The PEM file with the certificate's private key; empty when CertificatePath holds it.")]
    public string KeyPath { get; set; } = "";

    /// <summary>The user, where etcd asks for one. Empty: none.</summary>
    [Description("The user, where etcd asks for one. Empty: none.")]
    public string UserName { get; set; } = "";

    /// <summary>A file with the user's password in its first line.</summary>
    [Description("A file with the user's password in its first line.")]
    public string PasswordFile { get; set; } = "";

    /// <summary>In place of a file: the environment variable that has the password.</summary>
    [Description("In place of PasswordFile: the environment variable that has the password.")]
    public string PasswordVariable { get; set; } = "";
}
