using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>What can and cannot be told on this system.</summary>
internal static class SystemNotes
{
    /// <summary>Whether a probe can be kept from the agent's accept().</summary>
    public static Finding HalfOpen(bool isLinux) => isLinux
        ? new(Severity.Note, "this system", "half-open probes are possible: an agent does not see them", "nothing is to be done")
        : new(
            Severity.Note,
            "this system",
            "half-open probes are not possible (Linux only): an agent accepts each probe and sees it reset",
            "lengthen the probes' interval if the agents log them");

    /// <summary>What each listener that ends TLS shows to its clients.</summary>
    public static IEnumerable<Finding> Certificates(IEnumerable<ListenerCertificates> listeners) =>
        from listener in listeners
        from shown in listener.Shown
        select new Finding(
            Severity.Note,
            listener.Name,
            $"shows the {CertificateFacts.KeyLabel(shown.Certificate).ToUpperInvariant()} certificate "
                + $"'{CertificateNames.Display(shown.Certificate)}', "
                + $"for {CertificateNames.DisplayAll(shown.Certificate)}, until {CertificateFacts.NotAfter(shown.Certificate):yyyy-MM-dd}",
            "nothing is to be done");

    /// <summary>
    /// Clocks. TLS tells no time (the random of TLS 1.2 need not, and that of 1.3 does not, hold one), so all that shows is a certificate
    /// that is from the future.
    /// </summary>
    public static Finding Clock(IEnumerable<DestinationFacts> facts, DateTimeOffset now)
    {
        var latest = facts.Select(one => one.Handshake?.Certificate?.NotBefore).Max();
        return latest switch
        {
            null => new(
                Severity.Note,
                "clocks",
                "whether the agents' clocks are right cannot be told: none has shown a certificate",
                $"compare them with this one's: {now:yyyy-MM-dd HH:mm:ss} UTC"),
            { } from when from > now => new(
                Severity.Warning,
                "clocks",
                $"a certificate is from the future ({from:yyyy-MM-dd HH:mm} UTC), or this clock is slow",
                $"compare the clocks; this one says {now:yyyy-MM-dd HH:mm:ss} UTC"),
            _ => new(
                Severity.Note,
                "clocks",
                "no certificate is from the future; more cannot be told about clocks from here",
                $"compare them with this one's: {now:yyyy-MM-dd HH:mm:ss} UTC"),
        };
    }
}
