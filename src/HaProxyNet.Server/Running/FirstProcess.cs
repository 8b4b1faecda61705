using System.Runtime.InteropServices;
using HaProxyNet.Listening;
using HaProxyNet.Upgrading;

namespace HaProxyNet.Server.Running;

/// <summary>
/// The first process of a container after an upgrade: when it ends the container ends, so it waits for those that serve, passes signals on
/// to them, and ends as the last of them did. The system makes it the parent of every process whose own parent has ended.
/// </summary>
internal sealed partial class FirstProcess : IDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    /// <summary>The signals that operators and container engines send; the numbers are those of Linux (signal(7)).</summary>
    private static readonly (PosixSignal Signal, int Number)[] _passedOn =
        [(PosixSignal.SIGTERM, 15), (PosixSignal.SIGINT, 2), (PosixSignal.SIGHUP, 1), ((PosixSignal)12, 12)];

    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <param name="succession">From when it happens on, signals are meant for the processes that serve, too.</param>
    public FirstProcess(Succession succession) => succession.When(_ =>
    {
        _registrations.AddRange(_passedOn.Select(one => PosixSignalRegistration.Create(one.Signal, context =>
        {
            context.Cancel = true;
            PassOn(one.Number);
        })));
        return Task.CompletedTask;
    });

    /// <summary>Whether this process is one.</summary>
    public static bool IsThis => OperatingSystem.IsLinux() && Environment.ProcessId == 1;

    /// <summary>Waits until none of its children runs, and gives the exit code of the last one that ended.</summary>
    /// <param name="successor">The child that this process has started; others were started by it or by one after it.</param>
    public static async Task<int> WaitAsync(Successor successor)
    {
        var (own, isCounted, code, emptyLooks) = (successor.WaitAsync(CancellationToken.None), false, 0, 0);

        // One that ends while this looks gives its children to this process behind the look: only the second empty one is the end.
        while (emptyLooks < 2)
        {
            var children = ListedProcess.All().Where(process => process.Parent == Environment.ProcessId).ToList();
            foreach (var child in children.Where(child => child.HasEnded && child.Id != successor.Id))
            {
                code = child.Reap() ?? code;
            }

            if (own.IsCompleted && !isCounted)
            {
                (isCounted, code) = (true, await own);
            }

            emptyLooks = isCounted && children.All(child => child.HasEnded) ? emptyLooks + 1 : 0;
            await Task.Delay(_look, TimeProvider.System);
        }

        return code;
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private static void PassOn(int signal)
    {
        try
        {
            // One that was upgraded and still has connections is the parent of the one that serves.
            var all = ListedProcess.BelowFirst(Environment.ProcessId, ListedProcess.All());
            foreach (var process in all.Where(process => !process.HasEnded))
            {
                _ = Kill(process.Id, signal);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // This is called by a thread of the runtime; what it throws would end the process, and the container with it.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
