using System.Security.Cryptography;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>
/// Reads the configuration again: when told to, and when the file's content has changed. The folder is watched, not the file, because editors
/// and orchestrators put a new file, or a new link, in the old one's place.
/// </summary>
internal sealed partial class ConfigurationReload : IDisposable
{
    /// <summary>An editor writes a file in several steps; what it leaves after this time is read.</summary>
    private static readonly TimeSpan _settle = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly IConfigurationRoot _configuration;
    private readonly string? _file;
    private readonly ILogger _logger;
    private readonly ITimer _look;
    private readonly FileSystemWatcher? _folder;
    private byte[] _content;
    private int _isLookDue;

    /// <summary>Starts to watch.</summary>
    /// <param name="configuration">What is reloaded.</param>
    /// <param name="file">The file to watch; none: only <see cref="Now"/> reloads.</param>
    /// <param name="time">Rules the wait after a change.</param>
    /// <param name="logger">Hears when the file cannot be watched.</param>
    public ConfigurationReload(IConfigurationRoot configuration, string? file, TimeProvider time, ILogger<ConfigurationReload> logger)
    {
        (_configuration, _file, _logger) = (configuration, file, logger);
        _content = Content();
        _look = time.CreateTimer(_ => Look(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _folder = file is null ? null : Watch(Path.GetDirectoryName(Path.GetFullPath(file))!);
    }

    /// <summary>Reads the configuration again, changed or not.</summary>
    public void Now()
    {
        lock (_gate)
        {
            _content = Content();
            _configuration.Reload();
        }
    }

    public void Dispose()
    {
        _folder?.Dispose();
        _look.Dispose();
    }

    private FileSystemWatcher? Watch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, _) => LookSoon();
            watcher.Created += (_, _) => LookSoon();
            watcher.Renamed += (_, _) => LookSoon();
            watcher.Error += (_, fault) => LogNotWatched(folder, fault.GetException().Message);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Linux gives a user 128 inotify instances (fs.inotify.max_user_instances), and some file systems none.
            LogNotWatched(folder, fault.Message);
            return null;
        }
    }

    /// <summary>The first change of a burst starts the wait; later ones do not lengthen it, so that a busy folder cannot put it off for ever.</summary>
    private void LookSoon()
    {
        if (Interlocked.Exchange(ref _isLookDue, 1) == 0)
        {
            _look.Change(_settle, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        Volatile.Write(ref _isLookDue, 0);
        lock (_gate)
        {
            var content = Content();
            if (content.Length > 0 && !content.AsSpan().SequenceEqual(_content))
            {
                _content = content;
                _configuration.Reload();
            }
        }
    }

    /// <summary>A digest of the file; empty while it cannot be read, as between an editor's delete and its rename.</summary>
    private byte[] Content()
    {
        try
        {
            return _file is null ? [] : SHA256.HashData(File.ReadAllBytes(_file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LoggerMessage(EventIds.ConfigurationNotWatched, LogLevel.Warning, "The folder {Folder} cannot be watched: {Fault}. A changed configuration takes SIGHUP.")]
    private partial void LogNotWatched(string folder, string fault);
}
