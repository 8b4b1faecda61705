using System.Runtime.InteropServices;

namespace HaProxyNet.Vocabulary;

/// <summary>Something that was seen of a destination: by a real connect, a probe, or name resolution.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Reason">What was seen.</param>
/// <param name="Took">How long it took to see, where that is known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Evidence(EvidenceKind Kind, HealthReason Reason, TimeSpan Took)
{
    /// <summary>It accepted.</summary>
    public static Evidence Accepted { get; } = new(EvidenceKind.Success, HealthReason.Connected, TimeSpan.Zero);

    /// <summary>It accepted, and a TLS session came about.</summary>
    public static Evidence Secured { get; } = Accepted with { Scope = EvidenceScope.Handshake };

    /// <summary>A probe that asks more than a connect was answered as it should be.</summary>
    public static Evidence Answered { get; } =
        new(EvidenceKind.Success, HealthReason.Answered, TimeSpan.Zero) { Scope = EvidenceScope.Answer };

    /// <summary>Its name has an address again, or others, and nothing else is known: what failed before was elsewhere.</summary>
    public static Evidence Resolved { get; } =
        new(EvidenceKind.Success, HealthReason.Resolved, TimeSpan.Zero) { Scope = EvidenceScope.Handshake | EvidenceScope.Answer };

    /// <summary>Its name has no address now.</summary>
    public static Evidence Unresolved { get; } = new(EvidenceKind.Failure, HealthReason.Unresolved, TimeSpan.Zero);

    /// <summary>It has not answered while another one did.</summary>
    public static Evidence LostHedge { get; } = new(EvidenceKind.Slow, HealthReason.Hedge, TimeSpan.Zero);

    /// <summary>It has accepted, and has not shaken hands while another one did.</summary>
    public static Evidence LostHandshakeHedge { get; } =
        new(EvidenceKind.Silent, HealthReason.Hedge, TimeSpan.Zero) { Scope = EvidenceScope.Handshake };

    /// <summary>It accepts, and answers nothing.</summary>
    public static Evidence Unanswered { get; } = new(EvidenceKind.Silent, HealthReason.NoAnswer, TimeSpan.Zero);

    /// <summary>How far it has looked. Only what has looked as far can take a failure back.</summary>
    public EvidenceScope Scope { get; init; }

    /// <summary>A probe has seen it: no client waited for it.</summary>
    public bool IsProbe { get; init; }

    /// <summary>It accepted.</summary>
    public bool Success => Kind is EvidenceKind.Success;

    /// <summary>It did not accept, for this reason.</summary>
    public static Evidence Failed(HealthReason reason, TimeSpan took) => new(EvidenceKind.Failure, reason, took);
}
