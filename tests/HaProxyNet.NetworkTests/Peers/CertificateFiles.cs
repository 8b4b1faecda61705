using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A certificate of one's own in files, made by openssl.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private CertificateFiles()
    {
    }

    public string Certificate => _folder.File("certificate.pem");

    public string Key => _folder.File("key.pem");

    /// <summary>The settings of a listener that ends TLS on it.</summary>
    public Dictionary<string, string> Terminating => new() { ["Certificate:Path"] = Certificate, ["Certificate:KeyPath"] = Key };

    /// <param name="name">The name that it holds for.</param>
    /// <param name="key">The kind of key, in openssl's words.</param>
    /// <param name="usage">What it may be used for, in openssl's words.</param>
    public static async Task<CertificateFiles> MakeAsync(
        string name, string key = "ec -pkeyopt ec_paramgen_curve:P-256", string usage = "serverAuth")
    {
        var files = new CertificateFiles();
        var made = await CommandResult.OfAsync(
            Requirement.Command("openssl"), ["req", "-x509", "-newkey", .. key.Split(' '), "-nodes", "-days", "30",
            "-subj", $"/CN={name}", "-addext", $"subjectAltName=DNS:{name}", "-addext", $"extendedKeyUsage={usage}",
            "-keyout", files.Key, "-out", files.Certificate]);
        made.ExpectSuccess("a certificate");
        return files;
    }

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();
}
