namespace HaProxyNet.Comparison.Results;

/// <summary>One figure that a work yields for every contender.</summary>
/// <param name="Key">Name in JSON; unique within the work.</param>
/// <param name="Label">Name in tables.</param>
/// <param name="Unit">Unit, as written behind the number.</param>
internal sealed record Metric(string Key, string Label, string Unit)
{
    /// <summary>
    /// Largest distance of the median from where endless rounds would put it (with 95 %), as a share of it, at which it still says
    /// something. Null where single events are counted and the range is the result.
    /// </summary>
    public double? NoiseBound { get; init; }

    /// <summary>True when a ratio between contenders says something: a cost or a wait, lower is better.</summary>
    public bool IsCost { get; init; }

    /// <summary>True for the figure that the work exists for; it goes into the chart.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>A cost per unit of work, measured over seconds: 10 % around the median.</summary>
    public static Metric Cost(string key, string label, string unit) => new(key, label, unit) { IsCost = true, NoiseBound = 0.10 };

    /// <summary>A wait at some percentile: 25 % around the median, because a few events decide it.</summary>
    public static Metric Wait(string key, string label, string unit) => new(key, label, unit) { IsCost = true, NoiseBound = 0.25 };

    /// <summary>Something to know when the other figures are read.</summary>
    public static Metric Fact(string key, string label, string unit) => new(key, label, unit);
}
