namespace HaProxyNet.NetworkTests.Nights;

/// <summary>
/// A time in which an agent did not do its work, as the test made it: the truth that the proxy's decisions are compared with.
/// </summary>
internal sealed record Outage(string Agent, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Connects of the outage that end only after it, and a machine that has other things to do.</summary>
    private static readonly TimeSpan _aftermath = TimeSpan.FromSeconds(10);

    public bool Explains(string agent, DateTimeOffset at) => agent == Agent && at >= From && at <= Until + _aftermath;
}
