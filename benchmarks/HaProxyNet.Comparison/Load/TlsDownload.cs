using System.Globalization;
using System.Net;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Load;

/// <summary>One large reply after the other over TLS 1.3, by curl, as fast as it goes.</summary>
internal sealed record TlsDownload(IReadOnlyList<int> Cpus)
{
    /// <summary>Runs it for as long as told, and to the end of a reply; the bytes that came.</summary>
    /// <exception cref="ComparisonException">A reply did not come whole.</exception>
    public async Task<double> RunAsync(IPEndPoint target, string path, TimeSpan duration, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var bytes = 0.0;
        do
        {
            var said = await Tool.RunAsync(
                Cpus, "curl", ["-sS", "-k", "--tlsv1.3", "-o", "/dev/null", "-w", "%{size_download}", $"https://{target}{path}"],
                cancellation);
            bytes += double.Parse(said.Expect("curl"), CultureInfo.InvariantCulture);
        }
        while (TimeProvider.System.GetElapsedTime(start) < duration);
        return bytes;
    }
}
