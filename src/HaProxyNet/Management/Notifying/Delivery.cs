namespace HaProxyNet.Management.Notifying;

/// <summary>What became of an attempt to send a message.</summary>
/// <param name="Problem">What went wrong, without any secret; null: it was taken.</param>
/// <param name="IsWorthARepeat">Whether the same may succeed later.</param>
/// <param name="RetryAfter">How long to wait, never less than the receiver asks for; null: it does not say.</param>
internal sealed record Delivery(string? Problem, bool IsWorthARepeat, TimeSpan? RetryAfter)
{
    /// <summary>The longest that a receiver may make us wait.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A timer of .NET reads a coarse clock and may end a tick of the kernel early (10 ms where it ticks 100 times a second).
    /// </summary>
    private static readonly TimeSpan _timersError = TimeSpan.FromMilliseconds(20);

    /// <summary>It was taken.</summary>
    public static Delivery Taken { get; } = new(null, false, null);

    /// <summary>
    /// What an answer means. A redirect is not followed: a body with names of hosts goes where the operator has said, and nowhere else.
    /// Pure.
    /// </summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">What the header Retry-After says.</param>
    public static Delivery Of(int status, TimeSpan? retryAfter) => status switch
    {
        >= 200 and < 300 => Taken,
        >= 300 and < 400 => new($"it answers {status}, a redirect, which is not followed: correct its URL", false, null),
        408 or 425 or 429 or >= 500 => new($"it answers {status}", true, Bounded(retryAfter)),
        _ => new($"it answers {status}: look at its URL and what it expects", false, null),
    };

    /// <summary>There was no answer.</summary>
    public static Delivery Failed(string problem) => new(problem, true, null);

    private static TimeSpan? Bounded(TimeSpan? wait)
        => wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, _longestWait.Ticks)) + _timersError : null;
}
