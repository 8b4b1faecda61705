namespace HaProxyNet.Transport;

/// <summary>Spans of time in the units of a clock's timestamps.</summary>
internal static class Timestamps
{
    /// <summary>A span in the units of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public static long ToTimestamp(this TimeProvider time, TimeSpan span) => span.ToTimestamp(time.TimestampFrequency);

    /// <summary>A span in units of which a second has so many.</summary>
    public static long ToTimestamp(this TimeSpan span, long frequency) => (long)(span.TotalSeconds * frequency);
}
