using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>
/// openssl's own TLS server as a destination, with a certificate made for it; it answers HTTP with a page about the session.
/// </summary>
internal sealed class OpensslServer : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly ProcessUnderTest _process;

    private OpensslServer(ScratchFolder folder, int port, ProcessUnderTest process)
        => (_folder, _process, Address) = (folder, process, $"127.0.0.1:{port}");

    public string Address { get; }

    /// <summary>The certificate, to be trusted by clients.</summary>
    public string CertificateFile => _folder.File("certificate.pem");

    /// <param name="names">The names of its certificate; the first is the common name.</param>
    public static async Task<OpensslServer> StartedAsync(params string[] names)
    {
        var openssl = Requirement.Command("openssl");
        var folder = new ScratchFolder();
        var made = await CommandResult.OfAsync(
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            $"/CN={names[0]}",
            "-addext", $"subjectAltName={string.Join(',', names.Select(n => "DNS:" + n))}", "-keyout", folder.File("key.pem"), "-out",
            folder.File("certificate.pem"));
        made.ExpectSuccess("a certificate");
        var port = FreePorts.Next();
        var process = new ProcessUnderTest(
            $"openssl s_server {names[0]}", openssl,
            ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", folder.File("certificate.pem"), "-key", folder.File("key.pem"), "-www"]);
        await process.HasWrittenAsync("ACCEPT");
        return new(folder, port, process);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
