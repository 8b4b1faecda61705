namespace HaProxyNet.Telemetry;

/// <summary>A label of Prometheus as an attribute of OpenTelemetry, whose names have a namespace.</summary>
internal static class InstrumentTags
{
    /// <summary>The attribute.</summary>
    public static KeyValuePair<string, object?> Of(string label, string value) => new("haproxynet." + label, value);
}
