using System.Text;

namespace HaProxyNet.Management.Scraping;

/// <summary>What of a scrape goes on after a restart: our own counters and histograms, and what they are called. Pure.</summary>
internal static class CounterText
{
    /// <summary>The last line: a text that ends otherwise is not whole.</summary>
    private const string End = "# EOF\n";

    /// <summary>Counted since the start by definition; the runtime's and the system's have other names.</summary>
    private const string SinceStart = "haproxynet_managed_allocated_bytes_total";

    /// <summary>The part of a scrape that is kept.</summary>
    public static string Kept(string scrape)
    {
        var kept = new StringBuilder();
        var isKept = false;
        foreach (var line in scrape.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is ["#", "TYPE", var name, var type])
            {
                isKept = type is "counter" or "histogram" && name.StartsWith("haproxynet_", StringComparison.Ordinal) && name is not SinceStart;
            }
            else if (line.StartsWith('#'))
            {
                continue;
            }

            if (isKept)
            {
                kept.Append(line).Append('\n');
            }
        }

        return kept.Append(End).ToString();
    }

    /// <summary>Whether it was written to its end.</summary>
    public static bool IsWhole(string text) => text.EndsWith(End, StringComparison.Ordinal);
}
