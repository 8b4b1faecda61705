using HaProxyNet.Configuration.Syntax;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// The configuration file as a source. Unlike .NET's own it does not throw for what stands in the file but keeps the faults
/// for the reader; a file that cannot be read when it is loaded again leaves the settings as they were.
/// </summary>
internal sealed class ConfigurationFileProvider(string path) : ConfigurationProvider, IConfigurationSource
{
    private LoadedJson _json = LoadedJson.Nothing;

    /// <summary>The folder that the file is in.</summary>
    public string Folder { get; } = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";

    /// <summary>Why there is nothing to read, when there is not.</summary>
    public ConfigurationFault? Unreadable { get; private set; }

    /// <summary>Keys that are wrong in the file itself: written twice, or unknown at its top.</summary>
    public IReadOnlyList<KeyFault> KeyFaults { get; private set; } = [];

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        try
        {
            using var document = Open(out var unreadable);
            Unreadable = unreadable;
            if (document is not null)
            {
                Take(document);
            }
        }
#pragma warning disable CA1031 // Whatever the file holds is a fault of the file. A reload must not throw.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Unreadable =
                new ConfigurationFault(path, $"the file cannot be read: {fault.Message.TrimEnd('.')}", "a text file with JSON, in UTF-8");
        }
    }

    private void Take(JsonText document)
    {
        using var content = document.WithoutBadKeys();
        var json = new LoadedJson(content);
        json.Load();
        KeyFaults = [.. document.BadKeys, .. document.TopKeys.Select(UnknownTopKey).OfType<KeyFault>()];
        _json = json;
    }

    public override bool TryGet(string key, out string? value) => _json.TryGet(key, out value);

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        => _json.GetChildKeys(earlierKeys, parentPath);

    private static KeyFault? UnknownTopKey(string key)
    {
        var type = ConfigurationKeys.Default.ConfigurationDocument;
        return ConfigurationKeys.Find(type, key) is null
            ? new KeyFault(SettingPath.Top(key), UnknownKey.Problem(key), UnknownKey.Allowed(type, key))
            {
                Meant = UnknownKey.Meant(type, key),
            }
            : null;
    }

    private JsonText? Open(out ConfigurationFault? unreadable)
    {
        const string Other =
            "name another with --config FILE, or run without one: run --listen EP --primary HOST:PORT --secondary HOST:PORT";
        try
        {
            var text = FileText.Read(path, out var problem);
            if (text is not null)
            {
                return JsonText.Parse(path, text, out unreadable);
            }

            unreadable = new ConfigurationFault(path, $"the file cannot be read: {problem}", "a text file with JSON, in UTF-8");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            unreadable = new ConfigurationFault(path, $"there is no file {Path.GetFullPath(path)}", Other);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a directory" : refused.Message.TrimEnd('.');
            unreadable = new ConfigurationFault(path, $"the file cannot be read: {reason}", $"a file that this user may read, or {Other}");
        }

        return null;
    }
}
