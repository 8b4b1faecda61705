namespace HaProxyNet.Server.Succeeding;

/// <summary>
/// Signals that the first process passes on to those that have taken over from it, by the numbers of Linux (signal(7)). A signal that asks
/// for the end is passed on as another one: Ctrl-C in a terminal, and supervisors that signal a whole group, reach both processes, and what
/// comes both ways is asked for once.
/// </summary>
internal static class PassedSignal
{
    /// <summary>What SIGTERM, SIGINT and SIGQUIT are passed on as: a real-time signal, which means nothing to anybody else.</summary>
    public const int End = 50;

    /// <summary>What is passed on, and as what.</summary>
    public static readonly IReadOnlyList<(int Came, int Passed)> All = [(15, End), (2, End), (3, End), (1, 1), (12, 12)];

    /// <summary>The signal to send; null: none.</summary>
    /// <param name="came">The signal that the first process was sent.</param>
    /// <param name="passed">What it is passed on as.</param>
    /// <param name="caught">The signals that the other process listens for.</param>
    public static int? Choose(int came, int passed, SignalSet caught) => true switch
    {
        _ when caught.Has(passed) => passed,

        // One that starts, or an older version: it is to end all the same. Anything else would end one that only starts.
        _ when passed == End => came,
        _ => null,
    };
}
