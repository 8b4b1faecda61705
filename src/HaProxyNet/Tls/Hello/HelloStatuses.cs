namespace HaProxyNet.Tls.Hello;

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
