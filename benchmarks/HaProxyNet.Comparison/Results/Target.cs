namespace HaProxyNet.Comparison.Results;

/// <summary>What HaProxyNet wants to reach in a work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Metric">Key of the metric.</param>
/// <param name="Goal">In words.</param>
/// <param name="AtMost">The bound: of a ratio, or of the figure itself.</param>
/// <param name="Against">What the figure is divided by.</param>
internal sealed record Target(string Work, string Metric, string Goal, double AtMost, TargetReference Against)
{
    /// <summary>The contender or product that a ratio is made with, where <see cref="Against"/> asks for one.</summary>
    public string? Reference { get; init; }
}
