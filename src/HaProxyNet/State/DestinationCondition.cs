using HaProxyNet.Vocabulary;

namespace HaProxyNet.State;

/// <summary>
/// What was seen of a destination, up to one moment. Immutable; a new one replaces it on every change. Times are timestamps.
/// </summary>
/// <param name="State">Up, Suspect or Down.</param>
/// <param name="Reason">Why it is in this state.</param>
/// <param name="Since">When the state began.</param>
/// <param name="Failures">Failed attempts and probes since the last success.</param>
internal sealed record DestinationCondition(DestinationStatus State, HealthReason Reason, long Since, int Failures)
{
    /// <summary>While it is down: the attempts and probes that succeeded since the last failure.</summary>
    public int Successes { get; init; }

    /// <summary>While it is down: when the first of <see cref="Successes"/> was seen.</summary>
    public long AcceptsSince { get; init; }

    /// <summary>How often in a row it has failed again soon after a recovery; the hold-down grows with it.</summary>
    public int Relapses { get; init; }

    /// <summary>When it was last up again after having been down; 0: never.</summary>
    public long RecoveredAt { get; init; }

    /// <summary>
    /// Where it failed since its last success, besides its accept. It stays so while it is held down: each success has to look as far.
    /// </summary>
    public EvidenceScope FailsBeyond { get; init; }

    /// <summary>
    /// While it is suspect: it accepts, and leaves connections without an answer. Only what it has answered takes that back.
    /// </summary>
    public bool AwaitsAnswer { get; init; }

    /// <summary>It failed beyond its accept: that it accepts connections says nothing about it.</summary>
    public bool FailsBeyondConnect => FailsBeyond is not EvidenceScope.Accept;

    /// <summary>It accepts again, but has to prove itself for a while before it is used.</summary>
    public bool IsHeldDown => State is DestinationStatus.Down && Successes > 0;

    /// <summary>Whether it failed where this has not looked, so that a success says nothing about it.</summary>
    public bool FailsBeyondWhatWasSeenBy(Evidence evidence) => (FailsBeyond & ~evidence.Scope) is not EvidenceScope.Accept;

    /// <summary>The state before there is any evidence: a destination is used until it is seen to fail.</summary>
    public static DestinationCondition Initial(long now) => new(DestinationStatus.Up, HealthReason.Start, now, 0);
}
