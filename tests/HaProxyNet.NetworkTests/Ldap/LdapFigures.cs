namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>What a part of a load came to.</summary>
/// <param name="Operations">Those that ended.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="LongestWait">The longest one, the start of the client's process included.</param>
/// <param name="Reasons">What the failed ones said, each once.</param>
internal sealed record LdapFigures(int Operations, int Failed, TimeSpan LongestWait, IReadOnlyList<string> Reasons)
{
    public override string ToString()
        => $"operations={Operations} failed={Failed} longest_wait_ms={LongestWait.TotalMilliseconds:F0}"
            + $"{(Reasons.Count == 0 ? "" : $" ({string.Join("; ", Reasons)})")}";
}
