using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaProxyNet.Comparison.Results;

/// <summary>The report as JSON: every sample of every round, for readers who want to calculate for themselves.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    public static string Write(ComparisonReport report) => JsonSerializer.Serialize(
        new
        {
            Date = report.Date.ToString("yyyy-MM-dd HH:mm:ss'Z'"),
            report.Machine,
            report.Cpus,
            report.Versions,
            report.Rounds,
            report.Seconds,
            report.Threads,
            report.Command,
            Targets = report.Verdicts.Select(verdict => new
            {
                verdict.Target.Work,
                verdict.Target.Metric,
                verdict.Target.Goal,
                verdict.Target.AtMost,
                verdict.Measured,
                verdict.Reached,
                verdict.IsWithinNoise,
                verdict.Remark,
            }),
            Works = report.Works.Select(work => new
            {
                work.Name,
                work.Description,
                Contenders = work.Contenders.Select(contender => new
                {
                    contender.Name,
                    contender.Fault,
                    Disturbances = contender.Readings.Select(reading => reading.Disturbance),
                    Metrics = work.Metrics.Select(metric => (metric.Key, Summary: contender.Summarize(metric)))
                        .Where(pair => pair.Summary is not null)
                        .ToDictionary(pair => pair.Key, pair => Describe(pair.Summary!)),
                }),
            }),
        },
        _options) + "\n";

    private static object Describe(MetricSummary summary) => new
    {
        summary.Metric.Unit,
        Median = summary.Noise is null ? summary.Spread.Median : (double?)null,
        summary.Noise,
        IntervalLow = summary.Spread.Interval.Low,
        IntervalHigh = summary.Spread.Interval.High,
        summary.Spread.LowerQuartile,
        summary.Spread.UpperQuartile,
        summary.Samples,
    };
}
