using System.Globalization;

namespace HaProxyNet.Comparison.Load;

/// <summary>What wrk did, from the line that wrk-report.lua prints.</summary>
/// <param name="Requests">Completed requests.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Errors">Errors of any kind.</param>
/// <param name="Latency">Percentiles; wrk corrects them for the time in which it could not send.</param>
internal sealed record WrkReport(long Requests, double Seconds, long Errors, LatencyFigures Latency)
{
    /// <summary>Finds and reads the line.</summary>
    /// <exception cref="ComparisonException">There is none.</exception>
    public static WrkReport Parse(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("REPORT ", StringComparison.Ordinal))
            ?? throw new ComparisonException($"wrk printed no report: {output.Trim()}");
        var values = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return new WrkReport(
            (long)values["requests"],
            values["duration_us"] / 1e6,
            (long)values["errors"],
            new LatencyFigures(values["p50"], values["p99"], values["p999"], values["max"]));
    }
}
