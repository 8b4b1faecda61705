using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>Decides what a destination that has failed is asked, so that a success looks at all that has failed. Pure.</summary>
internal static class RecoveryQuestions
{
    /// <summary>
    /// The cluster's own probe; before it, what that probe does not see of the own port: a handshake as connections have it, where one has
    /// failed, or whether it accepts, where the probe asks elsewhere. Behind it, the drill's probe, where only that has seen the failure.
    /// All of them have to succeed.
    /// </summary>
    /// <param name="failsBeyond">Where the destination failed, besides its accept.</param>
    /// <param name="isElsewhere">Whether the cluster's probe asks at another port than the destination's own.</param>
    /// <param name="policy">How the cluster is probed.</param>
    /// <param name="drill">Its drill; null: there is none.</param>
    public static IReadOnlyList<ProbeQuestion> Of(EvidenceScope failsBeyond, bool isElsewhere, ProbePolicy policy, DrillPlan? drill)
    {
        var questions = new List<ProbeQuestion>();
        if (policy.Handshake is { } handshake && (failsBeyond & ~policy.Scope).HasFlag(EvidenceScope.Handshake))
        {
            questions.Add(new(handshake, AtOwnPort: true, EvidenceScope.Handshake, policy.HandshakeTimeout));
        }
        else if (isElsewhere)
        {
            questions.Add(new(ProbePolicy.Knock, AtOwnPort: true, EvidenceScope.Accept, policy.DownTimeout));
        }

        if (questions.Count == 0 || policy.Scope is not EvidenceScope.Accept)
        {
            questions.Add(new(policy.Probe, AtOwnPort: false, policy.Scope, policy.TimeoutOf(policy.Scope, policy.DownTimeout)));
        }

        var missed = questions.Aggregate(failsBeyond, (left, question) => left & ~question.Scope);
        if (drill is not null && (drill.Scope & missed) is not EvidenceScope.Accept)
        {
            questions.Add(new(drill.Probe, AtOwnPort: false, drill.Scope, policy.TimeoutOf(drill.Scope, policy.Timeout)));
        }

        return questions;
    }
}
