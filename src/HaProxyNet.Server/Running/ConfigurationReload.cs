using System.Security.Cryptography;
using HaProxyNet.Hosting;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>
/// Reads the configuration again: when told to, and when the file's content has changed.
/// </summary>
internal sealed partial class ConfigurationReload : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IConfigurationRoot _configuration;
    private readonly string? _file;
    private readonly ILogger _logger;
    private readonly FolderWatch _folder;
    private byte[] _content;

    /// <summary>Starts to watch.</summary>
    /// <param name="configuration">What is reloaded.</param>
    /// <param name="file">The file to watch; none: only <see cref="Now"/> reloads.</param>
    /// <param name="time">Rules the wait after a change.</param>
    /// <param name="logger">Hears when the file cannot be watched.</param>
    public ConfigurationReload(IConfigurationRoot configuration, string? file, TimeProvider time, ILogger<ConfigurationReload> logger)
    {
        (_configuration, _file, _logger) = (configuration, file, logger);
        _content = Content();
        _folder = new FolderWatch(Look, LogNotWatched, time);
        _folder.Watch(file is null ? [] : [Path.GetDirectoryName(Path.GetFullPath(file))!]);
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

    public void Dispose() => _folder.Dispose();

    private void Look()
    {
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
