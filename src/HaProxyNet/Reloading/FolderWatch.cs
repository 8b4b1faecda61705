using System.Collections.Frozen;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Reloading;

/// <summary>
/// Says when one of some files or links has changed. Their folders are watched, because editors and orchestrators put a new file, or a new
/// link, in the old one's place. What else is written there, such as a log, is passed over. It is a hint: what has changed, and whether,
/// the receiver finds out.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    /// <summary>A file is written in several steps; what is left after this time is looked at.</summary>
    private static readonly TimeSpan _settle = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileSystemWatcher> _folders = new(StringComparer.Ordinal);
    private FrozenSet<string> _places = [];
    private readonly HashSet<string> _unwatched = new(StringComparer.Ordinal);
    private readonly Action<string, string> _notWatched;
    private readonly InternalFaults _faults;
    private readonly ITimer _look;
    private int _isLookDue;

    /// <summary>Watches nothing yet.</summary>
    /// <param name="changed">Called on a thread of the pool, a moment after a change.</param>
    /// <param name="notWatched">Told once of a folder that cannot be watched, and why.</param>
    /// <param name="time">Rules the wait after a change.</param>
    /// <param name="faults">Takes what a callback throws.</param>
    public FolderWatch(Action changed, Action<string, string> notWatched, TimeProvider time, InternalFaults? faults = null)
    {
        (_notWatched, _faults) = (notWatched, faults ?? new InternalFaults());
        _look = time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _isLookDue, 0);
                _faults.Contain(FaultPlace.FolderWatch, static notify => notify(), changed);
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Watches exactly these whole paths from now on. Each of their folders takes an inotify instance on Linux, of which a user has 128 by
    /// default; one that is not there is not watched.
    /// </summary>
    public void Watch(IEnumerable<string> places)
    {
        var all = places.ToFrozenSet(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        Volatile.Write(ref _places, all);
        var wanted = all.Select(Path.GetDirectoryName).OfType<string>().Where(Directory.Exists).ToHashSet(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var gone in _folders.Keys.Where(folder => !wanted.Contains(folder)).ToList())
            {
                _folders[gone].Dispose();
                _folders.Remove(gone);
            }

            foreach (var folder in wanted.Where(folder => !_folders.ContainsKey(folder)))
            {
                if (Open(folder) is { } watcher)
                {
                    _folders[folder] = watcher;
                }
            }
        }
    }

    public void Dispose()
    {
        Watch([]);
        _look.Dispose();
    }

    private FileSystemWatcher? Open(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, change) => Look(change.FullPath);
            watcher.Created += (_, change) => Look(change.FullPath);
            watcher.Deleted += (_, change) => Look(change.FullPath);
            watcher.Renamed += (_, change) =>
            {
                Look(change.OldFullPath);
                Look(change.FullPath);
            };
            watcher.Error +=
                (_, fault) => _faults.Contain(FaultPlace.FolderWatch, cause => Report(folder, cause.GetException().Message), fault);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault)
            when (fault is IOException or ArgumentException or UnauthorizedAccessException or OutOfMemoryException)
        {
            // Linux gives a user 128 inotify instances (fs.inotify.max_user_instances), some file systems give none, and there may be no
            // thread left.
            Report(folder, fault.Message);
            return null;
        }
    }

    private void Report(string folder, string fault)
    {
        lock (_unwatched)
        {
            if (!_unwatched.Add(folder))
            {
                return;
            }
        }

        _notWatched(folder, fault);
    }

    private void Look(string path)
    {
        if (Volatile.Read(ref _places).Contains(path))
        {
            LookSoon();
        }
    }

    /// <summary>
    /// The first change of a burst starts the wait; later ones do not lengthen it, so that a busy folder cannot put it off without end.
    /// </summary>
    private void LookSoon() => _faults.Contain(
        FaultPlace.FolderWatch,
        static watch =>
        {
            if (Interlocked.Exchange(ref watch._isLookDue, 1) == 0)
            {
                watch._look.Change(_settle, Timeout.InfiniteTimeSpan);
            }
        },
        this);
}
