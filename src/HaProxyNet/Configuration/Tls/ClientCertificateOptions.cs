using System.ComponentModel;

namespace HaProxyNet.Configuration.Tls;

/// <summary>What a listener that terminates TLS asks of its clients.</summary>
public sealed class ClientCertificateOptions
{
    /// <summary>Whether a certificate is asked for; default: it is not.</summary>
    [Description("Whether clients are asked for a certificate.")]
    public ClientCertificateMode Mode { get; set; } = ClientCertificateMode.None;

    /// <summary>A PEM file with the authorities that may have issued it. Empty: those that the system trusts.</summary>
    [Description("A PEM file with the authorities that may have issued a client's certificate. Empty: those that the system trusts.")]
    public string CaPath { get; set; } = "";

    /// <summary>The subjects (common name, or a DNS name) that may connect. Empty: every one that the authorities have issued.</summary>
    [Description("The common names or DNS names that may connect. Empty: all that the authorities have issued.")]
    public IList<string> AllowedSubjects { get; set; } = [];
}
