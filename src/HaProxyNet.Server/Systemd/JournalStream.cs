namespace HaProxyNet.Server.Systemd;

/// <summary>
/// Whether standard output is the journal's own stream, which adds the time and wants levels as prefixes (JOURNAL_STREAM of
/// systemd.exec(5)).
/// </summary>
internal static class JournalStream
{
    private const string OwnOutput = "/proc/self/fd/1";

    /// <summary>For this process.</summary>
    public static bool IsOutput
        => OperatingSystem.IsLinux() && Matches(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), TargetOf(OwnOutput));

    /// <summary>Whether <c>device:inode</c> is the socket that a link of <c>/proc</c> names, <c>socket:[inode]</c>.</summary>
    public static bool Matches(string? variable, string? link)
        => variable?.Split(':') is [_, { Length: > 0 } inode] && link is not null && Path.GetFileName(link) == $"socket:[{inode}]";

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
