using HaProxyNet.Control.Documents;


namespace HaProxyNet.Control;

/// <summary>The proxy's answer to a command: one line of JSON.</summary>
public sealed record ControlReply
{
    /// <summary>Why nothing was done; none when the command was carried out.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// Whether nothing was done only because all other destinations are out: asked again later, it may be done. Null: no.
    /// </summary>
    public bool? IsLeaseHeld { get; init; }

    /// <summary>
    /// Everything that is wrong with the configuration, one line each, where <see cref="Error"/> says that it was not taken over.
    /// </summary>
    public IReadOnlyList<string> Faults { get; init => field = value ?? []; } = [];

    /// <summary>What was done, for people.</summary>
    public string? Message { get; init; }

    /// <summary>What the operator should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

    /// <summary>Connections open on the destination, or being connected to it.</summary>
    public int? Open { get; init; }

    /// <summary>The answer to <c>status</c>.</summary>
    public ProxyStatus? Status { get; init; }

    /// <summary>The answer to <c>ready</c>: what keeps the proxy from being ready, one line each; empty: it is ready.</summary>
    public IReadOnlyList<string>? Obstacles { get; init; }

    /// <summary>The answer to <c>sessions</c>.</summary>
    public IReadOnlyList<SessionEntry>? Sessions { get; init; }

    /// <summary>The answer to <c>explain</c>.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>
    /// Whether it has what was asked for, or why not. One that has neither comes from something else, or from another version.
    /// </summary>
    internal bool Answers(string command) => Error is not null || command switch
    {
        ControlVerbs.Status => Status is not null,
        ControlVerbs.Sessions => Sessions is not null,
        ControlVerbs.Explain => Explanation is not null,
        ControlVerbs.Ready => Obstacles is not null,
        ControlVerbs.Open => Open is not null,
        _ => Message is not null,
    };

    /// <summary>The command cannot be carried out.</summary>
    public static ControlReply Refuse(string why) => new() { Error = why };
}
