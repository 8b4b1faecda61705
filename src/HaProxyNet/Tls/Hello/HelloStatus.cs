namespace HaProxyNet.Tls.Hello;

/// <summary>What the first bytes of a client are.</summary>
internal enum HelloStatus
{
    /// <summary>The beginning of a hello, or nothing yet.</summary>
    NeedMore = 0,

    /// <summary>A whole hello.</summary>
    Complete,

    /// <summary>Something other than TLS, or a hello in the style of SSL 2.</summary>
    NotTls,

    /// <summary>TLS that breaks its own rules, or that does not begin with a hello.</summary>
    Malformed,

    /// <summary>A hello longer than <see cref="HelloParser.LongestMessage"/>, or in too many records.</summary>
    TooLarge,
}

/// <summary>The words for what is no hello.</summary>
internal static class HelloStatuses
{
    /// <summary>The word of the log line, in place of a version.</summary>
    public static string Label(this HelloStatus status) => status switch
    {
        HelloStatus.NeedMore => "incomplete",
        HelloStatus.NotTls => "not_tls",
        HelloStatus.Malformed => "malformed",
        HelloStatus.TooLarge => "too_large",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
