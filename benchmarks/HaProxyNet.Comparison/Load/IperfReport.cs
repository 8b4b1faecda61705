using System.Text.Json;

namespace HaProxyNet.Comparison.Load;

/// <summary>What iperf3 did, from its JSON.</summary>
/// <param name="Bytes">Bytes that the receiver got.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record IperfReport(double Bytes, double Seconds)
{
    /// <summary>Gigabits a second.</summary>
    public double Gigabits => Bytes * 8 / Seconds / 1e9;

    /// <summary>Reads the sums at the end.</summary>
    /// <exception cref="ComparisonException">iperf3 reports an error.</exception>
    public static IperfReport Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("error", out var error))
        {
            throw new ComparisonException($"iperf3: {error.GetString()}");
        }

        var received = document.RootElement.GetProperty("end").GetProperty("sum_received");
        return new IperfReport(received.GetProperty("bytes").GetDouble(), received.GetProperty("seconds").GetDouble());
    }
}
