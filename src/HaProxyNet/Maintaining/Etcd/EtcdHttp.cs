using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Maintaining;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>The HTTP client, with the certificates of the files as they are now: renewed ones need no restart. Any thread.</summary>
internal sealed class EtcdHttp(EtcdOptions options, string folder, TimeProvider time) : IDisposable
{
    /// <summary>A few hundred clusters of a few destinations are less than a tenth.</summary>
    private const int LargestAnswer = 4 << 20;

    private readonly Lock _gate = new();
    private readonly string[] _files =
        [.. new[] { options.CaPath, options.CertificatePath, options.KeyPath }
            .Where(path => path.Length > 0)
            .Select(path => Path.Combine(folder, path))];

    private HttpClient? _client;
    private string _stamp = "";

    /// <summary>The client to use now.</summary>
    /// <exception cref="StoreAwayException">A file cannot be read.</exception>
    public HttpClient Current()
    {
        lock (_gate)
        {
            var stamp = string.Join(' ', _files.Select(file => File.GetLastWriteTimeUtc(file).Ticks));
            if (_client is null || stamp != _stamp)
            {
                var next = Create();
                _client?.Dispose();
                (_client, _stamp) = (next, stamp);
            }

            return _client;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _client?.Dispose();
        }
    }

    private HttpClient Create()
    {
        try
        {
            var handler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            };
            handler.SslOptions.CertificateChainPolicy = new TrustAnchors(Authorities(), time).Policy(TrustAnchors.ServerAuthentication);
            if (Certificate() is { } certificate)
            {
                handler.SslOptions.ClientCertificateContext =
                    SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
            }

            return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StoreAwayException($"its certificate files cannot be read: {fault.Message.TrimEnd('.')}", fault);
        }
    }

    private X509Certificate2Collection? Authorities()
    {
        if (options.CaPath.Length == 0)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(folder, options.CaPath));
        return authorities;
    }

    private X509Certificate2? Certificate() => options.CertificatePath.Length == 0
        ? null
        : X509Certificate2.CreateFromPemFile(
            Path.Combine(folder, options.CertificatePath), options.KeyPath.Length > 0 ? Path.Combine(folder, options.KeyPath) : null);
}
