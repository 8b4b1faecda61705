using System.Globalization;

namespace HaProxyNet.Server.Succeeding;

/// <summary>A process, as /proc has it.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="Parent">The process id of its parent.</param>
/// <param name="Session">Its session: that of the process that has started it, unless it has made one of its own.</param>
/// <param name="StartedAt">When it was started: a later one has a higher number.</param>
/// <param name="HasEnded">It has ended, and its parent has not asked for its exit code yet.</param>
internal readonly record struct ListedProcess(int Id, int Parent, int Session, long StartedAt, bool HasEnded)
{
    /// <summary>The fields of proc_pid_stat(5) behind the name in brackets; the state is the third.</summary>
    private const int State = 0;
    private const int FieldOfParent = 4 - 3;
    private const int FieldOfSession = 6 - 3;
    private const int FieldOfStart = 22 - 3;

    /// <summary>All that can be seen.</summary>
    public static IReadOnlyList<ListedProcess> All() => [.. Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(Read)
        .OfType<ListedProcess>()];

    private static ListedProcess? Read(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ListedProcess(
                (int)Number(Path.GetFileName(folder)),
                (int)Number(fields[FieldOfParent]),
                (int)Number(fields[FieldOfSession]),
                Number(fields[FieldOfStart]),
                fields[State] == "Z");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
