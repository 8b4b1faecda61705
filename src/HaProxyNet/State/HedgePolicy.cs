using System.Globalization;
using HaProxyNet.Configuration.Clusters;

namespace HaProxyNet.State;

/// <summary>How long one attempt is waited for before the next destination is tried as well.</summary>
/// <param name="Fixed">A time that the configuration gives, zero for no hedging; null: from the destination's own answers.</param>
internal readonly record struct HedgePolicy(TimeSpan? Fixed)
{
    /// <summary>
    /// Twice what all but one of a hundred answers do not exceed. Simulated (docs/performance-decisions.md): with 1 % of packets lost, a
    /// steady network hedges fewer than one in a thousand connections whose packets were not lost. A local one that pauses in 1 % of
    /// connects hedges four.
    /// </summary>
    private const int Factor = 2;

    /// <summary>Answers before a quantile is believed.</summary>
    private const int Enough = 100;

    /// <summary>The shortest delay: more than a busy machine of a local network takes now and then.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromMilliseconds(25);

    /// <summary>The longest delay: less than a client feels, and less than the second after which a lost packet is sent again.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The delay until enough is known: RFC 8305's.</summary>
    public static TimeSpan Unknown { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether no other destination is tried before an attempt has failed.</summary>
    public bool IsOff => Fixed == TimeSpan.Zero;

    /// <summary>Reads a setting that was found valid.</summary>
    public static HedgePolicy Parse(string setting)
        => HedgeAfterAttribute.IsAuto(setting) ? default : new(TimeSpan.Parse(setting, CultureInfo.InvariantCulture));

    /// <summary>The delay for a destination that answered like this so far; zero: no hedging.</summary>
    public TimeSpan After(ResponseTimes answers) => Fixed ?? Decide(answers.Count, answers.OneInAHundred());

    /// <summary>
    /// The same for a TLS handshake, by the destination's handshakes. One that takes most of its time for them is given it: a second
    /// handshake would only double its work.
    /// </summary>
    public TimeSpan AfterHandshake(ResponseTimes handshakes) => Fixed ?? DecideHandshake(handshakes.Count, handshakes.OneInAHundred());

    /// <summary>The delay for a quantile of so many handshakes; zero: no hedging. Null: most are too slow for any delay.</summary>
    public static TimeSpan DecideHandshake(int handshakes, TimeSpan? oneInAHundred)
    {
        if (handshakes < Enough)
        {
            return Unknown;
        }

        return oneInAHundred is { } quantile ? TimeSpan.FromTicks(Math.Max((quantile * Factor).Ticks, Shortest.Ticks)) : TimeSpan.Zero;
    }

    /// <summary>The delay for a quantile of so many answers; null: most are too slow for any delay.</summary>
    public static TimeSpan Decide(int answers, TimeSpan? oneInAHundred)
    {
        if (answers < Enough)
        {
            return Unknown;
        }

        return oneInAHundred is { } quantile && quantile * Factor < Longest
            ? TimeSpan.FromTicks(Math.Max((quantile * Factor).Ticks, Shortest.Ticks))
            : Longest;
    }
}
