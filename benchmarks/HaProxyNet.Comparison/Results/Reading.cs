namespace HaProxyNet.Comparison.Results;

/// <summary>What one round of one work gave for one contender.</summary>
/// <param name="Values">By the metric's key; a metric that does not apply is absent.</param>
/// <param name="Disturbance">What else used the machine meanwhile; null when nothing worth a word did.</param>
internal sealed record Reading(IReadOnlyDictionary<string, double> Values, string? Disturbance)
{
    /// <summary>A reading that nothing disturbed.</summary>
    public static Reading Of(params IEnumerable<(string Key, double Value)> values) =>
        new(values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal), null);

    /// <summary>This reading and another of the same round.</summary>
    public Reading With(Reading other) =>
        new(Values.Concat(other.Values).ToDictionary(StringComparer.Ordinal), Disturbance ?? other.Disturbance);
}
