using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health;

/// <summary>Decides what evidence makes of a destination. Pure.</summary>
internal static class HealthMachine
{
    /// <summary>What is known after a piece of evidence; the same instance when nothing changed.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="evidence">What was seen.</param>
    /// <param name="policy">The cluster's rules.</param>
    /// <param name="isNeeded">No other destination can be used: one that accepts is not held down.</param>
    /// <param name="now">When, as a timestamp.</param>
    public static DestinationCondition Next(DestinationCondition known, Evidence evidence, HealthPolicy policy, bool isNeeded, long now)
        => evidence.Kind switch
        {
            EvidenceKind.Success => OnSuccess(known, evidence, policy, isNeeded, now),
            EvidenceKind.Failure => OnFailure(known, evidence, policy, now),
            EvidenceKind.Silent => OnSilence(known, evidence, now),
            _ => known.State is DestinationStatus.Up
                ? known with { State = DestinationStatus.Suspect, Reason = evidence.Reason, Since = now }
                : known,
        };

    private static DestinationCondition OnSuccess(
        DestinationCondition known,
        Evidence evidence,
        HealthPolicy policy,
        bool isNeeded,
        long now)
    {
        // A service whose heartbeat fails still accepts connections.
        var saysNothing = known.FailsBeyondWhatWasSeenBy(evidence);
        switch (known.State)
        {
            case DestinationStatus.Up:
                return known.Failures == 0 || saysNothing ? known : known with { Failures = 0, FailsBeyond = EvidenceScope.Accept };
            case DestinationStatus.Suspect when known.AwaitsAnswer && saysNothing:
                return known;
            case DestinationStatus.Suspect:
                return known with
                {
                    State = DestinationStatus.Up,
                    AwaitsAnswer = false,
                    Reason = evidence.Reason,
                    Since = now,
                    Failures = saysNothing ? known.Failures : 0,
                    FailsBeyond = saysNothing ? known.FailsBeyond : EvidenceScope.Accept,
                };
            case DestinationStatus.Down when saysNothing:
                return known;
            default:
                var (successes, acceptsSince) = (known.Successes + 1, known.Successes == 0 ? now : known.AcceptsSince);
                var hasProvenItself = successes >= policy.Rise && (isNeeded || now - acceptsSince >= policy.HoldAfter(known.Relapses));
                return hasProvenItself
                    ? new(DestinationStatus.Up, evidence.Reason, now, 0) { Relapses = known.Relapses, RecoveredAt = now }
                    : known with { Reason = HealthReason.HoldDown, Failures = 0, Successes = successes, AcceptsSince = acceptsSince };
        }
    }

    /// <summary>Suspect until something has looked as far as that; its system accepts in its place.</summary>
    private static DestinationCondition OnSilence(DestinationCondition known, Evidence evidence, long now)
        => known.State is DestinationStatus.Down || known.AwaitsAnswer ? known : known with
        {
            State = DestinationStatus.Suspect,
            Reason = evidence.Reason,
            Since = now,
            FailsBeyond = known.FailsBeyond | evidence.Scope,
            AwaitsAnswer = true,
        };

    private static DestinationCondition OnFailure(DestinationCondition known, Evidence evidence, HealthPolicy policy, long now)
    {
        var failures = known.Failures + 1;
        var failsBeyond = known.FailsBeyond | evidence.Scope;
        if (known.State is DestinationStatus.Down)
        {
            return known with { Reason = evidence.Reason, Failures = failures, Successes = 0, AcceptsSince = 0, FailsBeyond = failsBeyond };
        }

        if (failures < policy.Fall)
        {
            return known with { Failures = failures, FailsBeyond = failsBeyond };
        }

        var isRelapse = known.RecoveredAt > 0 && now - known.RecoveredAt <= policy.RelapseWindow;
        return known with
        {
            State = DestinationStatus.Down,
            AwaitsAnswer = false,
            Reason = evidence.Reason,
            Since = now,
            Failures = failures,
            FailsBeyond = failsBeyond,
            Relapses = isRelapse ? known.Relapses + 1 : 0,
        };
    }
}
