using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>What the facts mean, and what to do about them. Pure.</summary>
internal static class Diagnosis
{
    /// <summary>All findings, destination by destination, then what only shows when they are compared.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<DestinationFacts> facts, DateTimeOffset now)
        => [.. facts.SelectMany(one => Of(one, now)), .. facts.GroupBy(one => one.Case.Cluster).SelectMany(Compare)];

    private static IEnumerable<Finding> Of(DestinationFacts facts, DateTimeOffset now)
    {
        var one = facts.Case;
        if (facts.Resolved.Count == 0)
        {
            return [Fault(one, facts.Failure, "correct Address, or the name server that this machine asks")];
        }

        if (facts.LeadsBackTo is not null)
        {
            return [Fault(
                one,
                $"leads back to this proxy itself: {facts.Failure}",
                "correct Address, or what its name resolves to on this machine (see /etc/hosts), to the server behind the proxy")];
        }

        if (facts.AcceptedAfter is null)
        {
            return [Fault(
                one,
                $"does not accept: {facts.Failure}",
                $"start the agent there, see that it listens on port {one.Address.Port}, and that a firewall lets this machine through")];
        }

        return (facts.Handshake is { } handshake ? Of(one, handshake, now) : []).Concat(facts.Probes.SelectMany(probe => Of(facts, probe)));
    }

    /// <summary>What was said of the handshake of connections is not said again of a probe that shakes hands as they do.</summary>
    private static IEnumerable<Finding> Of(DestinationFacts facts, ProbeFacts probe)
    {
        var isSaid = probe is { Result: ProbeResult.TlsFailed, Case.TakesTermsOfTheCluster: true } && facts.Handshake is { } handshake
            && (handshake.Failure.Length > 0 || handshake.Refusal.Length > 0);
        if (probe.Result is not ProbeResult.Success && !isSaid)
        {
            yield return Fault(
                facts.Case,
                $"its health probe (Method {probe.Case.Probe.Method}, port {probe.Case.Port}) fails and takes it "
                    + $"down: {(probe.Why.Length > 0 ? probe.Why : probe.Result.Label())}",
                AdviceOf(probe));
        }
    }

    private static string AdviceOf(ProbeFacts probe) => probe.Result switch
    {
        ProbeResult.TlsFailed when probe.Case.TakesTermsOfTheCluster => "mend the certificate, or Tls of the cluster",
        ProbeResult.TlsFailed
            => "mend the certificate, or Health.CaPath, Health.Thumbprints, Health.Host or Health.Certificate of the cluster",
        ProbeResult.WrongStatus => "see why the page does not say that the service works, or correct Health.Path and Health.ExpectStatus",
        ProbeResult.BadAnswer => "see that the service works, and that Health.Method is what its port speaks",
        _ => $"see that port {probe.Case.Port} is the right one for Health.Method {probe.Case.Probe.Method}, and that Health.Timeout is "
            + "long enough",
    };

    private static IEnumerable<Finding> Of(DestinationCase one, HandshakeFacts handshake, DateTimeOffset now)
    {
        if (handshake.Failure.Length > 0)
        {
            yield return handshake.Certificate is null
                ? Fault(
                    one,
                    $"the TLS handshake failed: {handshake.Failure}",
                    $"see that {one.Address} is the agent's TLS port, not its plain one, and that it has a certificate")
                : Fault(
                    one,
                    $"the TLS handshake failed after the certificate had come: {handshake.Failure}",
                    "see in the agent's log why; it may ask for a client certificate");
        }

        if (handshake.Refusal.Length > 0)
        {
            yield return Fault(
                one, handshake.Refusal, "mend the certificate, or Tls.ServerName, Tls.CaPath or Tls.Thumbprints of the cluster");
        }

        if (handshake.Certificate is { } certificate)
        {
            foreach (var finding in Of(one, certificate, now))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Of(DestinationCase one, ShownCertificate certificate, DateTimeOffset now)
    {
        foreach (var name in certificate.NotFor)
        {
            yield return Fault(
                one,
                $"its certificate is for {string.Join(", ", certificate.Names)}, and clients ask for {name}: they refuse it",
                $"import a certificate for {name} with its key on every agent, and tell each one: IQService.exe -m {name}");
        }

        if (one is { IsPassthrough: true, ClientNames.Count: 0 })
        {
            yield return new(
                Severity.Warning,
                one.Name,
                "the name that clients use is not known, so the certificate could not be checked against it",
                "set Tls.ServerName of the listener to the name that clients use");
        }

        if (now < certificate.NotBefore)
        {
            yield return Fault(
                one,
                $"its certificate is not valid before {certificate.NotBefore:yyyy-MM-dd HH:mm} UTC",
                "compare the clocks of this machine, of the agent and of the authority");
        }
        else if (now > certificate.NotAfter)
        {
            yield return Fault(one, $"its certificate expired on {certificate.NotAfter:yyyy-MM-dd}", "renew it on the agent");
        }
        else if (certificate.NotAfter - now < GuardRails.RenewalTime)
        {
            yield return new(
                Severity.Warning,
                one.Name,
                $"its certificate expires in {certificate.DaysLeft(now)} days, on {certificate.NotAfter:yyyy-MM-dd}",
                "renew it on the agent");
        }

        foreach (var weakness in certificate.Weaknesses)
        {
            yield return new(
                Severity.Warning,
                one.Name,
                weakness,
                "issue it anew: RSA of 2048 bits or EC of 256 bits or more, signed with SHA-256 or better");
        }

        if (!certificate.IsForServers)
        {
            yield return new(
                Severity.Warning,
                one.Name,
                "its certificate is not made for Server Authentication (extended key usage): clients may refuse it",
                "issue it anew with that usage");
        }
    }

    /// <summary>Under passthrough a client must not be able to tell one node from the other.</summary>
    private static IEnumerable<Finding> Compare(IGrouping<string, DestinationFacts> cluster)
    {
        var shown = cluster.Where(one => one.Case.IsPassthrough && one.Handshake?.Certificate is not null).ToList();
        if (shown.DistinctBy(one => one.Handshake!.Certificate!.Thumbprint).Skip(1).Any())
        {
            var each = string.Join(", ", shown.Select(one =>
                $"{one.Case.Destination} shows {one.Handshake!.Certificate!.Thumbprint} ({one.Handshake.Certificate.Subject})"));
            yield return new(
                Severity.Fault,
                cluster.Key,
                $"its destinations show different certificates: {each}",
                "import the one certificate of the load balancer's name, with its key, on all of them; or let each keep its own, with "
                    + "Tls.Mode Terminate and the cluster's Tls.Enabled");
        }
    }

    private static Finding Fault(DestinationCase one, string problem, string advice) => new(Severity.Fault, one.Name, problem, advice);
}
