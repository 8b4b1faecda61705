using System.Globalization;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>Times, put in order, for people to read.</summary>
internal sealed class Spread(IEnumerable<TimeSpan> times)
{
    private readonly double[] _milliseconds = [.. times.Select(time => time.TotalMilliseconds).Order()];

    /// <summary>The time that so many of them are not longer than; 0 where there is none.</summary>
    public double At(double share) => _milliseconds.Length == 0
        ? 0
        : _milliseconds[Math.Min((int)(share * _milliseconds.Length), _milliseconds.Length - 1)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50={At(0.5):0.0} p99={At(0.99):0.0} worst={At(1):0.0} ms (of {_milliseconds.Length})");
}
