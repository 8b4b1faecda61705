using System.Globalization;
using HaProxyNet.Control.Documents;

namespace HaProxyNet.Server.Controlling;

/// <summary>The status document as two tables: where connections go, and where they come in.</summary>
internal static class StatusTables
{
    public static TextTable[] Of(ProxyStatus status) =>
    [
        Destinations(status), .. Details(status), .. TakenOut(status), .. Store(status), Listeners(status), .. Predecessors(status),
        .. Certificates(status),
    ];

    private static TextTable Destinations(ProxyStatus status)
    {
        var table = new TextTable("CLUSTER", "DESTINATION", "ACTIVE", "STATE", "HEALTH", "REASON", "FOR", "OPEN", "ADDRESS");
        foreach (var cluster in status.Clusters)
        {
            foreach (var destination in cluster.Destinations)
            {
                table.Add(
                    Colour(destination),
                    cluster.Name,
                    destination.Name,
                    destination.Active ? cluster.SwitchedTo == destination.Name ? "switched" : "yes" : null,
                    destination.State,
                    destination.Health,
                    destination.Reason,
                    Duration.Short(destination.SecondsInState),
                    destination.Connections.ToString(CultureInfo.InvariantCulture),
                    destination.Address);
            }
        }

        return table;
    }

    /// <summary>What would make a column too wide; nothing where there is nothing to say.</summary>
    private static IEnumerable<TextTable> Details(ProxyStatus status)
    {
        var told = status.Clusters
            .SelectMany(c => c.Destinations.Where(d => d.Detail is not null).Select(d => (Cluster: c, Destination: d)))
            .ToList();
        if (told.Count == 0)
        {
            yield break;
        }

        var table = new TextTable("CLUSTER", "DESTINATION", "REASON", "DETAIL");
        told.ForEach(one => table.Add("red", one.Cluster.Name, one.Destination.Name, one.Destination.Reason, one.Destination.Detail));
        yield return table;
    }

    private static IEnumerable<TextTable> TakenOut(ProxyStatus status)
    {
        var taken = status.Clusters
            .SelectMany(c => c.Destinations.Where(d => d.TakenOut is not null).Select(d => (Cluster: c, Destination: d)))
            .ToList();
        if (taken.Count == 0)
        {
            yield break;
        }

        var table = new TextTable("CLUSTER", "DESTINATION", "TAKEN OUT");
        taken.ForEach(one => table.Add("yellow", one.Cluster.Name, one.Destination.Name, one.Destination.TakenOut));
        yield return table;
    }

    /// <summary>Only while it cannot be used.</summary>
    private static IEnumerable<TextTable> Store(ProxyStatus status)
    {
        if (status.MaintenanceStore is { Up: false } store)
        {
            var table = new TextTable("MAINTENANCE STORE", "PROBLEM");
            table.Add("red", "away", store.Problem);
            yield return table;
        }
    }

    private static TextTable Listeners(ProxyStatus status)
    {
        var table = new TextTable("LISTENER", "ENDPOINT", "LISTENING", "CLUSTER", "OPEN");
        foreach (var listener in status.Listeners)
        {
            table.Add(
                listener.Listening ? null : "red",
                listener.Name,
                listener.Endpoint,
                listener.Listening ? "yes" : "no",
                listener.Cluster,
                listener.Connections.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    /// <summary>Only after an upgrade, while the process before has connections.</summary>
    private static IEnumerable<TextTable> Predecessors(ProxyStatus status)
    {
        if (status.Predecessors.Count == 0)
        {
            yield break;
        }

        var table = new TextTable("OLD PROCESS", "VERSION", "OPEN", "HEARD", "ENDS BY");
        foreach (var old in status.Predecessors)
        {
            table.Add(
                "yellow",
                old.Process.ToString(CultureInfo.InvariantCulture),
                old.Version,
                old.Connections.ToString(CultureInfo.InvariantCulture),
                Duration.Short(old.HeardSeconds),
                old.EndsBy.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        yield return table;
    }

    private static IEnumerable<TextTable> Certificates(ProxyStatus status)
    {
        var shown = status.Listeners.SelectMany(l => l.Certificates.Select(c => (Listener: l.Name, Certificate: c))).ToList();
        if (shown.Count == 0)
        {
            yield break;
        }

        var table = new TextTable("LISTENER", "CERTIFICATE", "KEY", "EXPIRES", "NAMES");
        foreach (var (listener, certificate) in shown)
        {
            table.Add(
                colour: null,
                listener,
                certificate.Subject,
                certificate.Key,
                certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                string.Join(',', certificate.Names));
        }

        yield return table;
    }

    private static string? Colour(DestinationStatusEntry destination) => destination.State switch
    {
        "up" => destination.Active ? "green" : null,
        "down" => "red",
        _ => "yellow",
    };
}
