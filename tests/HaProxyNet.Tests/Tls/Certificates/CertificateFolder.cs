using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Loading;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>A folder with certificates for the length of a test.</summary>
internal sealed class CertificateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("haproxynet-").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        Protect(file);
        return this[file];
    }

    public void Write(string file, byte[] content)
    {
        File.WriteAllBytes(this[file], content);
        Protect(file);
    }

    /// <summary>Readable by this user alone, as a private key has to be; the umask says otherwise.</summary>
    private void Protect(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(this[file], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Certificate and key as a pair of PEM files <c>NAME.pem</c> and <c>NAME.key</c>.</summary>
    public void WritePair(string name, X509Certificate2 certificate, params X509Certificate2[] chain)
    {
        Write($"{name}.pem", string.Join('\n', chain.Prepend(certificate).Select(c => c.ExportCertificatePem())) + "\n");
        Write($"{name}.key", TestAuthority.KeyPem(certificate));
    }

    /// <summary>Loads what the options name; the faults as one line each.</summary>
    public (ServerCertificate? Certificate, string[] Faults) Load(CertificateOptions options)
    {
        var faults = new FaultCollector();
        var files = ConfiguredFiles.Read(Path, CertificateLoader.FilesOf(options), []);
        var certificate = CertificateLoader.Load(options, new SettingPath("C", "C"), files, faults);
        return (certificate, [.. faults.Faults.Select(f => f.ToString())]);
    }

    /// <summary>Options of a proxy whose one listener terminates TLS with these.</summary>
    public ProxyOptions Proxy(ListenerTlsOptions tls)
    {
        tls.Mode = TlsMode.Terminate;
        var options = new ProxyOptions { Folder = Path };
        options.Listeners["vip"] = new ListenerOptions { Endpoint = "127.0.0.1:0", Cluster = "pair", Tls = tls };
        options.Clusters["pair"] = new ClusterOptions
        {
            Destinations = [new DestinationOptions { Name = "primary", Address = "127.0.0.1:1" }],
        };
        return options;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
