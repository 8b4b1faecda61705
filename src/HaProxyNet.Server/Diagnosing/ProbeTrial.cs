using System.Net;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Health.Methods;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>Runs the probes of a cluster once, as the proxy runs them.</summary>
/// <param name="connections">The rules for certificates of connections, by cluster.</param>
/// <param name="probes">Those of probes.</param>
/// <param name="time">Limits.</param>
internal sealed class ProbeTrial(
    IReadOnlyDictionary<string, ClusterCertificates> connections, IReadOnlyDictionary<string, ClusterCertificates> probes,
    TimeProvider time)
{
    /// <summary>Asks one destination, at an address that accepts.</summary>
    public async Task<ProbeFacts[]> RunAsync(DestinationCase one, IPAddress address, CancellationToken stop)
    {
        var seen = new List<ProbeFacts>();
        foreach (var probe in one.Probes)
        {
            seen.Add(await RunAsync(one, probe, new IPEndPoint(address, probe.Port), stop));
        }

        return [.. seen];
    }

    private async Task<ProbeFacts> RunAsync(DestinationCase one, ProbeCase probe, IPEndPoint at, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(probe.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            var terms = probe.Probe.SpeaksTls ? TermsOf(one, probe) : null;
            return new(
                probe, await probe.Probe.RunAsync(new ProbeTarget(at, HostName.WithoutDot(one.Address.Host), terms), limit.Token), "");
        }
        catch (Exception fault) when (ProbeResults.Classify(fault) is { } result && !stop.IsCancellationRequested)
        {
            return new(
                probe,
                result,
                fault is DestinationHandshakeException { Result: var failed } ? HandshakeAdvice.Of(failed, probe.Timeout) : "");
        }
    }

    private TlsClientSettings TermsOf(DestinationCase one, ProbeCase probe)
    {
        var own = (probe.TakesTermsOfTheCluster ? connections : probes)[one.Cluster];
        var name = probe.TakesTermsOfTheCluster ? one.ServerName : own.ServerName;
        return new(own, name.Length > 0 ? name : HostName.WithoutDot(one.Address.Host), probe.Oldest, Alpn: "", Seen: null);
    }
}
