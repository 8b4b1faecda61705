using System.Globalization;

namespace HaProxyNet.Lines;

/// <summary>The number by which the lines of one connection are found: unique while the process lives.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct ConnectionNumber(long Value) : IUtf8SpanFormattable
{
    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(utf8Destination, out bytesWritten, "x", CultureInfo.InvariantCulture);

    /// <summary>As it stands in lines.</summary>
    public override string ToString() => Value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>As it stands in lines.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
