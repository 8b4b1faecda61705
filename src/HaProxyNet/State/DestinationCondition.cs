using HaProxyNet.Health;

namespace HaProxyNet.State;

/// <summary>What is known about a destination, at one moment. Immutable; a new one replaces it on every change.</summary>
/// <param name="State">Whether new connections may be sent there.</param>
/// <param name="Reason">Why it is in this state, as a metric label: <c>refused</c>, <c>timeout</c>, <c>connected</c>, …</param>
/// <param name="Since">When the state began, in timestamps of the <see cref="TimeProvider"/>.</param>
/// <param name="Failures">Failed attempts and probes since the last success.</param>
internal sealed record DestinationCondition(DestinationStatus State, string Reason, long Since, int Failures)
{
    /// <summary>The state before there is any evidence: a destination is used until it is seen to fail.</summary>
    public static DestinationCondition Initial(long now) => new(DestinationStatus.Up, "start", now, 0);
}
