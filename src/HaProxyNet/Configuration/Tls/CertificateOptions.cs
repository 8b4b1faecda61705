using System.ComponentModel;

namespace HaProxyNet.Configuration.Tls;

/// <summary>Where a certificate and its private key are: in files, or in the Windows store. The names of the keys are Kestrel's.</summary>
public sealed class CertificateOptions
{
    /// <summary>A PEM file with the certificate and its chain, or a PFX file with the key as well.</summary>
    [Description("A PEM file with the certificate and its chain, or a PFX file with the key as well.")]
    public string Path { get; set; } = "";

    /// <summary>The PEM file with the private key; empty when <see cref="Path"/> holds it.</summary>
    [Description("The PEM file with the private key; empty when Path holds it.")]
    public string KeyPath { get; set; } = "";

    /// <summary>The password of a PFX file or of an encrypted PEM key.</summary>
    [Description("The password of a PFX file or of an encrypted PEM key.")]
    public string Password { get; set; } = "";

    /// <summary>On Windows: a part of the subject of a certificate in the store.</summary>
    [Description("On Windows, in place of Path: the subject of a certificate in the store.")]
    public string Subject { get; set; } = "";

    /// <summary>On Windows: the SHA-1 thumbprint of a certificate in the store, as its console shows it.</summary>
    [Description("On Windows, in place of Subject: the SHA-1 thumbprint of a certificate in the store.")]
    public string Thumbprint { get; set; } = "";

    /// <summary>The name of the store.</summary>
    [Description("The name of the Windows store.")]
    public string Store { get; set; } = "My";

    /// <summary>The store's location: <c>LocalMachine</c> or <c>CurrentUser</c>.</summary>
    [Description("The location of the Windows store: LocalMachine or CurrentUser.")]
    public string Location { get; set; } = "LocalMachine";

    /// <summary>Whether a place is given at all.</summary>
    internal bool IsGiven => Path.Length > 0 || Subject.Length > 0 || Thumbprint.Length > 0;
}
