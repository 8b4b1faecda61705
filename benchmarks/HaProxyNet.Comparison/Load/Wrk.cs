using System.Globalization;
using System.Net;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Load;

/// <summary>Closed-loop HTTP load: each of a fixed number of clients sends the next request when it has the reply.</summary>
internal sealed record Wrk(IReadOnlyList<int> Cpus, int Connections, bool ConnectionPerRequest)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="ComparisonException">It failed, or no request was answered.</exception>
    public async Task<WrkReport> RunAsync(IPEndPoint target, TimeSpan duration, CancellationToken cancellation)
    {
        var seconds = Math.Max(1, (int)Math.Round(duration.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            "-t1", $"-c{Connections}", $"-d{seconds}s", "--timeout", "10s", "-s",
            Path.Combine(AppContext.BaseDirectory, "Load", "wrk-report.lua"),
        ];
        if (ConnectionPerRequest)
        {
            arguments.AddRange(["-H", "Connection: close"]);
        }

        arguments.Add($"http://{target}/");
        var report = WrkReport.Parse((await Tool.RunAsync(Cpus, "wrk", arguments, cancellation)).Expect("wrk"));
        return report.Requests > 0
            ? report
            : throw new ComparisonException($"No request was answered through {target} ({report.Errors} errors).");
    }
}
