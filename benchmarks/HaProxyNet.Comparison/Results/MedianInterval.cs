namespace HaProxyNet.Comparison.Results;

/// <summary>
/// Where the median that endless rounds would have lies, with a confidence of 95 %: between two of the samples, counted from the ends so
/// that the chance of the median beyond them, by the binomial distribution, is at most 5 %. Holds for any distribution of samples. Up to
/// five samples say no more than "between the lowest and the highest" (94 % for five).
/// </summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal sealed record MedianInterval(double Low, double High)
{
    private const double ChanceOnEachSide = 0.025;

    /// <summary>Of one sample or more, in any order.</summary>
    public static MedianInterval Of(IReadOnlyCollection<double> samples)
    {
        var sorted = samples.Order().ToArray();
        var cut = CutAtEachEnd(sorted.Length);
        return new MedianInterval(sorted[cut], sorted[sorted.Length - 1 - cut]);
    }

    /// <summary>Whether a value may be the median.</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>Samples at each end that can be left out: each is below the median as a coin falls on heads.</summary>
    private static int CutAtEachEnd(int samples)
    {
        var chance = Math.Pow(0.5, samples);
        var cut = 0;
        for (var beyond = chance; ; cut++)
        {
            chance = chance * (samples - cut) / (cut + 1);
            beyond += chance;
            if (beyond > ChanceOnEachSide)
            {
                return cut;
            }
        }
    }
}
