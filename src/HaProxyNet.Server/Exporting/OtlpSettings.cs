using System.Globalization;

namespace HaProxyNet.Server.Exporting;

/// <summary>What the environment says of OpenTelemetry, by the variables that its specification names.</summary>
/// <param name="Metrics">Where metrics go; null: nowhere.</param>
/// <param name="Traces">Where traces go; null: nowhere.</param>
/// <param name="Interval">How often metrics are sent.</param>
/// <param name="Faults">What is wrong with the variables; a signal with a fault goes nowhere.</param>
internal sealed record OtlpSettings(OtlpTarget? Metrics, OtlpTarget? Traces, TimeSpan Interval, IReadOnlyList<string> Faults)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private static readonly TimeSpan _usualTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _usualInterval = TimeSpan.FromMinutes(1);

    /// <summary>Whether anything is to be sent.</summary>
    public bool IsOn => Metrics is not null || Traces is not null;

    /// <summary>Reads them. Pure.</summary>
    /// <param name="variable">The value of a variable; null or empty: it is not set.</param>
    public static OtlpSettings Read(Func<string, string?> variable)
    {
        var faults = new List<string>();
        if (string.Equals(Value(variable, "OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return new OtlpSettings(null, null, _usualInterval, faults);
        }

        var (metrics, traces) = (Target(variable, "METRICS", "v1/metrics", faults), Target(variable, "TRACES", "v1/traces", faults));
        var interval = metrics is null ? _usualInterval : Time(variable, "OTEL_METRIC_EXPORT_INTERVAL", _usualInterval, faults);
        return new OtlpSettings(metrics, traces, interval, [.. faults.Distinct()]);
    }

    private static OtlpTarget? Target(Func<string, string?> variable, string signal, string path, List<string> faults)
    {
        if (Value(variable, $"OTEL_{signal}_EXPORTER") is { } exporter && exporter is not "otlp")
        {
            if (exporter is not "none")
            {
                faults.Add($"OTEL_{signal}_EXPORTER is \"{exporter}\": allowed are otlp and none");
            }

            return null;
        }

        var (name, text) = Get("ENDPOINT");
        if (text is null)
        {
            return null;
        }

        var found = faults.Count;
        var (protocolName, protocol) = Get("PROTOCOL");
        if (protocol is not (null or "grpc" or "http/protobuf"))
        {
            faults.Add($"{protocolName} is \"{protocol}\": allowed are grpc and http/protobuf");
        }

        // The values of these two may hold a password: a message names the variable only.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            faults.Add($"{name} is no URL of http or https: allowed is for example http://collector.example:4318");
        }

        var (headersName, headers) = Get("HEADERS");
        if (headers is not null
            && headers.Split(',', StringSplitOptions.TrimEntries).Any(header => header.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            faults.Add($"{headersName} is no list of headers: allowed is name=value,name=value");
        }

        var timeout = Time(variable, Get("TIMEOUT").Name, _usualTimeout, faults);

        // The specification's default is http/protobuf; only the endpoint of all signals is completed with the path of one.
        var isGrpc = protocol is "grpc";
        return faults.Count > found
            ? null
            : new OtlpTarget(isGrpc || name != Prefix + "ENDPOINT" ? endpoint! : Below(endpoint!, path), isGrpc, headers, timeout);

        (string Name, string? Value) Get(string what)
        {
            var own = $"{Prefix}{signal}_{what}";
            return Value(variable, own) is { } value ? (own, value) : (Prefix + what, Value(variable, Prefix + what));
        }
    }

    private static TimeSpan Time(Func<string, string?> variable, string name, TimeSpan usual, List<string> faults)
    {
        if (Value(variable, name) is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        faults.Add($"{name} is \"{text}\": allowed is a number of milliseconds above 0");
        return usual;
    }

    private static string? Value(Func<string, string?> variable, string name)
        => variable(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static Uri Below(Uri endpoint, string path)
        => new UriBuilder(endpoint) { Path = $"{endpoint.AbsolutePath.TrimEnd('/')}/{path}" }.Uri;
}
