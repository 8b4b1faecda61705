using System.Runtime.InteropServices;
using HaProxyNet.Listening;
using HaProxyNet.Upgrading;

namespace HaProxyNet.Server.Succeeding;

/// <summary>
/// The process that a supervisor, a container or a shell has started, after an upgrade: when it ends the service has ended for them, so it
/// waits for the one that serves, passes signals on, and ends as that one did. The system makes it the parent of every process after it
/// whose own parent has ended.
/// </summary>
internal sealed partial class FirstProcess : IDisposable
{
    /// <summary>PR_SET_CHILD_SUBREAPER of prctl(2).</summary>
    private const int BecomeReaper = 36;

    private const int Terminate = 15;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _isEnding;

    /// <summary>From now on orphans below this process are its children.</summary>
    private FirstProcess()
    {
        _ = ControlProcess(BecomeReaper, 1, 0, 0, 0);
        Tie.TieOthers();
    }

    /// <summary>This process as one that stays after an upgrade; null: it goes.</summary>
    public static FirstProcess? IfThisStays()
        => OperatingSystem.IsLinux()
            && MainProcess.Stays(Environment.ProcessId, Predecessor.IsNamed, Environment.GetEnvironmentVariable)
                ? new FirstProcess()
                : null;

    /// <summary>From when the succession happens on, signals are meant for the processes that serve, too.</summary>
    public void Follow(Succession succession) => succession.When(_ =>
    {
        _registrations.AddRange(PassedSignal.All.Select(one => PosixSignalRegistration.Create((PosixSignal)one.Came, context =>
        {
            context.Cancel = true;
            PassOn(one.Came, one.Passed);
        })));
        return Task.CompletedTask;
    });

    /// <summary>Waits until none runs that has taken over, and gives the exit code of the one that served last.</summary>
    /// <param name="successor">The one that this process has started; others are started by it or by one after it.</param>
    public async Task<int> WaitAsync(Successor successor)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (latest, isCounted, isNew) = ((StartedAt: -1L, ExitCode: 0), false, false);
        while (true)
        {
            while (ChildEnd.Next() is { } end && end.Process != successor.Id)
            {
                if (Heirs.StartOf(end.Process, ListedProcess.All(), Environment.ProcessId) is { } startedAt)
                {
                    (latest, isNew) = (startedAt > latest.StartedAt ? (startedAt, end.ExitCode) : latest, true);
                }

                end.Take();
            }

            // The runtime takes the one that it has started. All others were started after it.
            if (!isCounted && successor.ExitCode is { } exitCode)
            {
                (latest, isCounted, isNew) = (latest.StartedAt < 0 ? (0, exitCode) : latest, true, true);
            }

            // Where this is process 1 the runtime takes all children that end, and may be faster.
            if (isNew || Environment.ProcessId == 1)
            {
                isNew = false;
                var living = Heirs.Living(Environment.ProcessId);
                if (living.Count == 0 && isCounted && ChildEnd.Next() is null)
                {
                    return latest.ExitCode;
                }

                if (Heirs.HasServed(latest.StartedAt, living))
                {
                    // Nobody serves any more: what older ones still have is given the time of an end in order.
                    AskToEnd(living);
                }

                isNew = living.Count == 0;
            }

            await Task.Delay(_look, TimeProvider.System);
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void AskToEnd(IReadOnlyList<ListedProcess> living)
    {
        if (living.Count > 0 && Interlocked.Exchange(ref _isEnding, 1) == 0)
        {
            Send(living, Terminate, PassedSignal.End);
        }
    }

    private void PassOn(int came, int passed)
    {
        if (passed == PassedSignal.End)
        {
            Volatile.Write(ref _isEnding, 1);
        }

        try
        {
            Send(Heirs.Living(Environment.ProcessId), came, passed);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // This is called by a thread of the runtime; what it throws would end the process, and the service with it.
        }
    }

    private static void Send(IReadOnlyList<ListedProcess> heirs, int came, int passed)
    {
        foreach (var heir in heirs)
        {
            if (PassedSignal.Choose(came, passed, SignalSet.CaughtBy(heir.Id)) is { } signal)
            {
                _ = Kill(heir.Id, signal);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ControlProcess(int option, nuint value, nuint second, nuint third, nuint fourth);
}
