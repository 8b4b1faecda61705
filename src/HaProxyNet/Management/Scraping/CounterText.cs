using System.Globalization;
using System.Text;
using HaProxyNet.Machine;
using HaProxyNet.Telemetry.Inherited;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// What the file of counters looks like: its name and version, then either counts in Prometheus' text or the mark of the process that
/// counts on with them, then CRC-32C of all that. Pure.
/// </summary>
internal static class CounterText
{
    private const string Name = "# haproxynet counters ";
    private const string Version = "2";
    private const string Sum = "# crc32c ";
    private const int SumBytes = 9 + (sizeof(uint) * 2) + 1;

    /// <summary>The counts of a scrape that go on; those at 0 begin there anyway.</summary>
    public static byte[] Kept(ReadOnlySpan<byte> scrape)
    {
        using var kept = new MemoryStream();
        var lines = new ScrapeText(scrape);
        while (lines.MoveNext())
        {
            if (lines.GoesOn && (!lines.IsCount || lines.Value is not 0))
            {
                kept.Write(lines.Line);
            }
        }

        return Whole(kept.GetBuffer().AsSpan(0, (int)kept.Length));
    }

    /// <summary>The mark of a process that has taken the counts over.</summary>
    public static byte[] InUse(int process, Guid run)
        => Whole(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"# in use by process {process}, run {run}\n")));

    /// <summary>The counts; empty where a process has taken them over, and has not ended in order.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or not as it was written.</exception>
    public static byte[] Read(byte[] content)
    {
        var header = Encoding.UTF8.GetBytes(Name + Version + "\n");
        if (!content.AsSpan().StartsWith(Encoding.UTF8.GetBytes(Name)))
        {
            throw new InvalidDataException("it is no file of counters");
        }

        if (!content.AsSpan().StartsWith(header))
        {
            throw new InvalidDataException("another version of the proxy has written it");
        }

        var body = content.AsSpan(0, Math.Max(header.Length, content.Length - SumBytes));
        return content.AsSpan(body.Length).SequenceEqual(SumOf(body))
            ? body[header.Length..].ToArray()
            : throw new InvalidDataException("it is not as it was written");
    }

    private static byte[] Whole(ReadOnlySpan<byte> lines)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(Name + Version + "\n"), .. lines];
        return [.. body, .. SumOf(body)];
    }

    private static byte[] SumOf(ReadOnlySpan<byte> body)
        => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sum}{Crc32C.Of(body):x8}\n"));
}
