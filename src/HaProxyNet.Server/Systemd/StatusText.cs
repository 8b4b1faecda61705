namespace HaProxyNet.Server.Systemd;

/// <summary>The line that <c>systemctl status</c> shows.</summary>
internal static class StatusText
{
    /// <summary>More than this is not read in one line.</summary>
    private const int MostClusters = 8;

    /// <summary>Which destination of each cluster is active.</summary>
    /// <param name="clusters">Each cluster's name, and its active destination's; null: none is up.</param>
    /// <param name="isReloadRefused">Whether the last reload was refused.</param>
    public static string Serving(IReadOnlyList<(string Cluster, string? Active)> clusters, bool isReloadRefused)
    {
        var parts = clusters.Take(MostClusters)
            .Select(c => c.Active is null ? $"{c.Cluster}: nothing is up" : $"{c.Cluster}: {c.Active} is active").ToList();
        if (clusters.Count > MostClusters)
        {
            parts.Add($"{clusters.Count - MostClusters} more clusters");
        }

        if (isReloadRefused)
        {
            parts.Add("the changed configuration was refused, the one before is in force");
        }

        return string.Join("; ", parts);
    }

    /// <summary>How many connections the end waits for.</summary>
    public static string Draining(int open) => open switch
    {
        0 => "stopping",
        1 => "draining: 1 connection is open",
        _ => $"draining: {open} connections are open",
    };
}
