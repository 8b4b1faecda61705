namespace HaProxyNet.Lines;

/// <summary>
/// A time in the line of a connection: milliseconds with up to three digits behind the point. (Writing it as a double takes the framework
/// as long as all the rest of the line.)
/// </summary>
/// <param name="Microseconds">The time, in µs; not negative.</param>
internal readonly record struct LoggedMilliseconds(long Microseconds) : IUtf8SpanFormattable
{
    private const int PerMillisecond = 1000;

    /// <summary>For structured logs.</summary>
    public double Value => (double)Microseconds / PerMillisecond;

    /// <summary>To the nearest microsecond.</summary>
    public static LoggedMilliseconds Of(TimeSpan time)
        => new((time.Ticks + (TimeSpan.TicksPerMicrosecond / 2)) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Between two time stamps; zero where another thread's look at the clock was ahead.</summary>
    public static LoggedMilliseconds Between(long from, long to, TimeProvider time) => Of(time.GetElapsedTime(from, Math.Max(from, to)));

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var (whole, rest) = Math.DivRem(Microseconds, PerMillisecond);
        if (!whole.TryFormat(utf8Destination, out bytesWritten, default, provider))
        {
            return false;
        }

        if (rest == 0)
        {
            return true;
        }

        var fraction = utf8Destination[bytesWritten..];
        var digits = rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3;
        if (fraction.Length <= digits)
        {
            return false;
        }

        fraction[0] = (byte)'.';
        for (var (unit, at) = (PerMillisecond / 10, 1); at <= digits; unit /= 10, at++)
        {
            fraction[at] = (byte)('0' + (rest / unit % 10));
        }

        bytesWritten += digits + 1;
        return true;
    }

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As a number.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);
}
