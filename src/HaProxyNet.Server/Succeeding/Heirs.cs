namespace HaProxyNet.Server.Succeeding;

/// <summary>The processes that have taken over from the first one, one after the other.</summary>
internal static class Heirs
{
    private const int MostLooks = 5;

    /// <summary>
    /// Those that run now. While the list is made one in the middle may end, and the next one is not the first process's child yet: so it
    /// is made until it is twice the same.
    /// </summary>
    /// <param name="first">The process id of the first one.</param>
    public static IReadOnlyList<ListedProcess> Living(int first)
    {
        var living = Among(ListedProcess.All(), first);
        for (var look = 1; look < MostLooks; look++)
        {
            var before = living;
            living = Among(ListedProcess.All(), first);
            if (living.SequenceEqual(before))
            {
                break;
            }
        }

        return living;
    }

    /// <summary>
    /// Those in a list. What else has become a child of process 1, such as what a command in its container has left, is of another session.
    /// </summary>
    public static IReadOnlyList<ListedProcess> Among(IReadOnlyList<ListedProcess> all, int first)
    {
        var session = SessionOf(first, all);
        return [.. Below(first, all).Where(one => one.Session == session && !one.HasEnded)];
    }

    /// <summary>When an heir that has ended was started; null: it was none.</summary>
    public static long? StartOf(int process, IReadOnlyList<ListedProcess> all, int first)
        => all.Where(one => one.Id == process && one.Session == SessionOf(first, all))
            .Select(one => (long?)one.StartedAt).FirstOrDefault();

    /// <summary>Whether one that has ended is the one that has served: none that runs was started after it.</summary>
    /// <param name="startedAt">When it was started.</param>
    /// <param name="living">Those that run.</param>
    public static bool HasServed(long startedAt, IReadOnlyList<ListedProcess> living)
        => living.All(one => one.StartedAt < startedAt);

    private static int SessionOf(int process, IReadOnlyList<ListedProcess> all)
        => all.Where(one => one.Id == process).Select(one => one.Session).FirstOrDefault();

    private static IEnumerable<ListedProcess> Below(int ancestor, IReadOnlyList<ListedProcess> all)
        => all.Where(one => one.Parent == ancestor).SelectMany(child => Below(child.Id, all).Prepend(child));
}
