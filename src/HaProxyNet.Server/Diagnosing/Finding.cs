namespace HaProxyNet.Server.Diagnosing;

/// <summary>Something that an operator should know.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Where">A destination as <c>CLUSTER/DEST</c>, a cluster, or a path in the configuration.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Advice">What to do.</param>
internal sealed record Finding(Severity Severity, string Where, string Problem, string Advice)
{
    public override string ToString()
    {
        var label = Severity switch
        {
            Severity.Fault => "fault",
            Severity.Warning => "warning",
            _ => "note",
        };
        return $"{label}: {Where}: {Problem}; {Advice}";
    }
}
