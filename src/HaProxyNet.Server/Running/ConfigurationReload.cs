using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Hosting;
using HaProxyNet.Reloading;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Running;

/// <summary>
/// Reads the configuration again: when asked, and when the file's content has changed. The folders of the file and of every link that leads
/// to it are watched, and every few seconds the content is looked at as well, for file systems that do not tell.
/// </summary>
internal sealed partial class ConfigurationReload : IDisposable
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly IConfigurationRoot _configuration;
    private readonly string? _file;
    private readonly ILogger _logger;
    private readonly InternalFaults _faults;
    private readonly FolderWatch _folders;
    private readonly ITimer? _timer;
    private byte[] _content;

    /// <summary>Starts to watch.</summary>
    /// <param name="configuration">What is reloaded.</param>
    /// <param name="file">The file to watch; null: only <see cref="Now"/> reloads.</param>
    /// <param name="time">Rules the wait after a change, and the looks.</param>
    /// <param name="faults">Takes what a reload throws.</param>
    /// <param name="logger">Notified when the file cannot be watched.</param>
    public ConfigurationReload(
        IConfigurationRoot configuration, string? file, TimeProvider time, InternalFaults faults, ILogger<ConfigurationReload> logger)
    {
        (_configuration, _file, _faults, _logger) = (configuration, file, faults, logger);
        _content = Content();
        _folders = new FolderWatch(Look, LogNotWatched, time, faults);
        if (file is not null)
        {
            _folders.Watch(LinkTrail.Places(file));
            _timer = time.CreateTimer(static r => ((ConfigurationReload)r!).Look(), this, _poll, _poll);
        }
    }

    /// <summary>Reads the configuration again, changed or not.</summary>
    public void Now() => _faults.Contain(FaultPlace.Reload, static reload => reload.Load(isAsked: true), this);

    public void Dispose()
    {
        _timer?.Dispose();
        _folders.Dispose();
    }

    private void Look() => _faults.Contain(FaultPlace.Reload, static reload => reload.Load(isAsked: false), this);

    private void Load(bool isAsked)
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                _folders.Watch(LinkTrail.Places(_file));
            }

            var content = Content();
            if (isAsked || (content.Length > 0 && !content.AsSpan().SequenceEqual(_content)))
            {
                _content = content;
                _configuration.Reload();
            }
        }
    }

    /// <summary>What the file says; empty while it cannot be read, as between an editor's delete and its rename.</summary>
    private byte[] Content()
    {
        try
        {
            return _file is not null ? FileText.Bytes(_file, out _) ?? [] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LoggerMessage(EventIds.ConfigurationNotWatched, LogLevel.Warning,
        "The folder {Folder} cannot be watched: {Fault}. A changed configuration is found within ten seconds, or at once by SIGHUP.")]
    private partial void LogNotWatched(string folder, string fault);
}
