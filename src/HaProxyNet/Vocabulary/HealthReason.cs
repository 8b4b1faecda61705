using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Vocabulary;

/// <summary>Why a destination is in its state: what was seen of it last.</summary>
internal enum HealthReason
{
    /// <summary>Another version of the proxy has noted a reason that this one does not know.</summary>
    Unknown,

    /// <summary>Nothing was seen yet.</summary>
    Start,

    /// <summary>It accepted.</summary>
    Connected,

    /// <summary>A probe that asks more than a connect was answered as it should be.</summary>
    Answered,

    /// <summary>Its name has an address again, or others.</summary>
    Resolved,

    /// <summary>Nothing listens.</summary>
    Refused,

    /// <summary>It reset the connection.</summary>
    Reset,

    /// <summary>The network says there is no way.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Its name has no address.</summary>
    Unresolved,

    /// <summary>It accepts, and the TLS handshake with it fails.</summary>
    Tls,

    /// <summary>It has not answered while another one did.</summary>
    Hedge,

    /// <summary>It accepts, and answers nothing.</summary>
    NoAnswer,

    /// <summary>It accepts again, and has to prove itself for a while.</summary>
    HoldDown,

    /// <summary>It closed the connection before it answered a probe.</summary>
    Closed,

    /// <summary>It answered a probe with another HTTP status than the expected one.</summary>
    WrongStatus,

    /// <summary>It answered a probe with no, or with something that is no answer.</summary>
    BadAnswer,

    /// <summary>Its address leads back to a listener of the proxy itself.</summary>
    Loop,

    /// <summary>This machine could not try.</summary>
    LocalFailure,
}

/// <summary>The words for reasons, and where reasons come from.</summary>
internal static class HealthReasons
{
    private static readonly Dictionary<string, HealthReason> _byLabel =
        Enum.GetValues<HealthReason>().ToDictionary(Label, StringComparer.Ordinal);

    /// <summary>Whether it answers at once that it does not serve: asking such a destination costs a client nothing.</summary>
    public static bool IsRefusal(this HealthReason reason) => reason is HealthReason.Refused or HealthReason.Reset;

    /// <summary>The reason with this label.</summary>
    public static HealthReason Read(string label) => _byLabel.GetValueOrDefault(label, HealthReason.Unknown);

    /// <summary>What a connection's attempt has shown that ended in this way.</summary>
    public static HealthReason Reason(this ConnectStatus status) => status switch
    {
        ConnectStatus.Connected => HealthReason.Connected,
        ConnectStatus.Refused => HealthReason.Refused,
        ConnectStatus.Reset => HealthReason.Reset,
        ConnectStatus.Unreachable => HealthReason.Unreachable,
        ConnectStatus.TimedOut => HealthReason.TimedOut,
        ConnectStatus.Unresolved => HealthReason.Unresolved,
        ConnectStatus.TlsFailed => HealthReason.Tls,
        ConnectStatus.Loop => HealthReason.Loop,
        ConnectStatus.Slow => HealthReason.Hedge,
        _ => HealthReason.LocalFailure,
    };

    /// <summary>What a probe has shown that ended in this way.</summary>
    public static HealthReason Reason(this ProbeResult result) => result switch
    {
        ProbeResult.Success => HealthReason.Answered,
        ProbeResult.Refused => HealthReason.Refused,
        ProbeResult.Reset => HealthReason.Reset,
        ProbeResult.Unreachable => HealthReason.Unreachable,
        ProbeResult.TimedOut => HealthReason.TimedOut,
        ProbeResult.Closed => HealthReason.Closed,
        ProbeResult.TlsFailed => HealthReason.Tls,
        ProbeResult.WrongStatus => HealthReason.WrongStatus,
        ProbeResult.BadAnswer => HealthReason.BadAnswer,
        ProbeResult.Loop => HealthReason.Loop,
        _ => HealthReason.LocalFailure,
    };

    /// <summary>The label in metrics, logs and status.</summary>
    public static string Label(this HealthReason reason) => reason switch
    {
        HealthReason.Unknown => "unknown",
        HealthReason.Start => "start",
        HealthReason.Connected => "connected",
        HealthReason.Answered => "answered",
        HealthReason.Resolved => "resolved",
        HealthReason.Refused => "refused",
        HealthReason.Reset => "reset",
        HealthReason.Unreachable => "unreachable",
        HealthReason.TimedOut => "timeout",
        HealthReason.Unresolved => "unresolved",
        HealthReason.Tls => "tls",
        HealthReason.Hedge => "hedge",
        HealthReason.NoAnswer => "no_answer",
        HealthReason.HoldDown => "hold_down",
        HealthReason.Closed => "closed",
        HealthReason.WrongStatus => "wrong_status",
        HealthReason.BadAnswer => "bad_answer",
        HealthReason.Loop => "loop",
        HealthReason.LocalFailure => "local_failure",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
