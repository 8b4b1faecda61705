using HaProxyNet.Configuration.Health;
using HaProxyNet.Control.Documents;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.Wording;
using HaProxyNet.State;
using HaProxyNet.Tls.Certificates.Renewal;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Page;

/// <summary>Puts together what an open page shows. One caller at a time.</summary>
internal sealed class PageReader(
    StatusReader status, SessionReader sessions, EventJournal journal, CertificateStore certificates, ClusterDirectory clusters,
    RecentFigures figures, TimeProvider time)
{
    private const int MostEvents = 50;
    private const int MostSessions = 100;

    /// <summary>The state of now.</summary>
    public async Task<PageState> ReadAsync()
    {
        var (now, (recent, seconds)) = (status.Read(), figures.Read());
        var events = journal.Read();
        return new PageState(time.GetUtcNow(), now, [.. now.Clusters.Select(Describe)], recent, seconds)
        {
            Certificates = [.. Certificates(now).OrderBy(c => c.NotAfter)],
            Events = [.. events.Skip(events.Count - MostEvents).Reverse()],
            Sessions = [.. (await sessions.ReadAsync()).Take(MostSessions)],
        };
    }

    private ClusterPage Describe(ClusterStatus cluster)
        => new(cluster.Name, DestinationWords.OfCluster(cluster), [.. cluster.Destinations.Select(destination =>
        {
            var (sentence, command) = DestinationWords.Of(cluster, destination);
            return new DestinationPage(destination.Name, sentence, command, ProvenBy(cluster.Name));
        })]);

    private string ProvenBy(string name)
        => clusters.Find(name) is not { } cluster || ProbingPlan.Of(cluster.Plan).Policy is not { Mode: not ProbeMode.Never } probing
            ? "connections only"
            : $"connections, and probes ({probing.Probe.Method.Label()})";

    private IEnumerable<CertificatePage> Certificates(ProxyStatus now)
    {
        var at = time.GetUtcNow();
        foreach (var listener in now.Listeners)
        {
            foreach (var certificate in listener.Certificates)
            {
                yield return Page(listener.Name, certificate.Subject, certificate.Key, certificate.NotAfter);
            }
        }

        foreach (var (cluster, destination, seen) in certificates.Destinations.All)
        {
            yield return Page($"{cluster}/{destination}", seen.Subject, seen.Key, seen.NotAfter);
        }

        CertificatePage Page(string owner, string subject, string key, DateTimeOffset notAfter)
            => new(owner, subject, key, notAfter, (int)Math.Floor((notAfter - at).TotalDays));
    }
}
