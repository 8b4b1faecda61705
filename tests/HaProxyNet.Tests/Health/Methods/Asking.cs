using System.Net;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Health.Methods;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Methods;

/// <summary>Runs a probe as the prober does: what it throws is a result.</summary>
internal static class Asking
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    /// <summary>The terms of a probe that asks for this name.</summary>
    public static TlsClientSettings Terms(string name, bool verify = false)
    {
        var certificates = new ClusterCertificates("agents", new ClusterTlsOptions { Verify = verify }, "Health", "", TimeProvider.System);
        Assert.Empty(certificates.Renew()!);
        return new(certificates, name, TlsVersion.Tls12, Alpn: "", Seen: null);
    }

    /// <summary>Sends the same again and again, until the probe has gone.</summary>
    public static async Task SendWithoutEndAsync(Stream stream, byte[] piece)
    {
        while (true)
        {
            await stream.WriteAsync(piece);
        }
    }

    public static async Task<ProbeResult> AskAsync(IProbe probe, IPEndPoint address, string host =
        "agent.example", TimeSpan? timeout = null, TlsClientSettings? terms = null)
    {
        using var deadline = new CancellationTokenSource(timeout ?? Bound);
        try
        {
            return await probe.RunAsync(new ProbeTarget(address, host, terms), deadline.Token);
        }
        catch (Exception fault) when (ProbeResults.Classify(fault) is { } result)
        {
            return result;
        }
    }
}
