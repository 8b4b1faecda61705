using HaProxyNet.Configuration.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace HaProxyNet.Configuration;

/// <summary>Loads <c>haproxynet.json</c>; environment variables such as <c>HAPROXYNET__ShutdownTimeout</c> win over it.</summary>
public static class ConfigurationFile
{
    /// <summary>The file that is read when no other is named: in the working directory.</summary>
    public const string DefaultPath = "haproxynet.json";

    /// <summary>
    /// Reads a file and the environment. To reload, call it again: a file that has become bad gives faults, and what runs is
    /// left alone. Throws for no content and for no missing file: those are faults.
    /// </summary>
    public static LoadedConfiguration Load(string path) => Load(path, new EnvironmentVariablesConfigurationSource());

    internal static LoadedConfiguration Load(string path, IConfigurationSource environment)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (ReadText(path, out var text) is { } unreadable)
        {
            return Refuse(unreadable);
        }

        using var document = JsonText.Parse(path, text, out var malformed);
        return document is null ? Refuse(malformed!) : Load(document, environment);
    }

    private static LoadedConfiguration Load(JsonText document, IConfigurationSource environment)
    {
        using var content = document.WithoutBadKeys();
        var root = new ConfigurationBuilder().AddJsonStream(content).Add(environment).Build();
        var origin = new SettingOrigin(root);
        var faults = new FaultCollector(origin);
        foreach (var (key, problem, allowed) in document.BadKeys)
        {
            faults.Add(key, problem, allowed);
        }

        foreach (var key in document.TopKeys)
        {
            RefuseUnknown(key, faults);
        }

        return new LoadedConfiguration(ConfigurationReader.Read(root, origin, faults), root);
    }

    private static void RefuseUnknown(string key, FaultCollector faults)
    {
        var type = ConfigurationKeys.Default.ConfigurationDocument;
        if (ConfigurationKeys.Find(type, key) is not null)
        {
            return;
        }

        faults.AddAndSettle(new SettingPath(key, key), UnknownKey.Problem(key), UnknownKey.Allowed(type, key));
        if (UnknownKey.Meant(type, key) is { } meant)
        {
            faults.Settle(new SettingPath(meant, meant));
        }
    }

    private static ConfigurationFault? ReadText(string path, out string text)
    {
        const string Other = "name another with --config FILE, or run without one: run --listen EP --primary HOST:PORT --secondary HOST:PORT";
        text = "";
        try
        {
            text = File.ReadAllText(path);
            return null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConfigurationFault(path, $"there is no file {Path.GetFullPath(path)}", Other);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a directory" : unreadable.Message.TrimEnd('.');
            return new ConfigurationFault(path, $"the file cannot be read: {reason}", $"a file that this user may read, or {Other}");
        }
    }

    private static LoadedConfiguration Refuse(ConfigurationFault fault) =>
        new(new ConfigurationReading(Options: null, [fault], []), new ConfigurationBuilder().Build());
}
