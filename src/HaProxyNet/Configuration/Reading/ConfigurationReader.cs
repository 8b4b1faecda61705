using HaProxyNet.Configuration.Validation;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>Turns configuration, from wherever it came, into options or into every fault in it.</summary>
internal static class ConfigurationReader
{
    /// <summary>
    /// Reads the section <see cref="ProxyOptions.SectionName"/> of <paramref name="configuration"/>. Throws for no content.
    /// </summary>
    /// <param name="configuration">The root: a file, the environment, or a host's whole configuration.</param>
    public static ConfigurationReading Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        try
        {
            return ReadAll(configuration);
        }
#pragma warning disable CA1031 // What no check has foreseen is a fault of the configuration too: a reload must not end the process.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var cannot = new ConfigurationFault(
                SettingPath.Root.Text, $"cannot be read: {fault.Message.TrimEnd('.')}", "see docs/configuration.md; please report this");
            return new ConfigurationReading(Options: null, [cannot], []);
        }
    }

    private static ConfigurationReading ReadAll(IConfiguration configuration)
    {
        var origin = new SettingOrigin(configuration);
        return origin.Files.Select(file => file.Unreadable).FirstOrDefault(unreadable => unreadable is not null) is { } fault
            ? new ConfigurationReading(Options: null, [fault], [])
            : Read(configuration, origin);
    }

    /// <summary>Checks options that were made in code by the same rules.</summary>
    public static ConfigurationReading Validate(ProxyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Validate(options, new FaultCollector());
    }

    private static ConfigurationReading Read(IConfiguration configuration, SettingOrigin origin)
    {
        var faults = new FaultCollector(origin);
        foreach (var key in origin.Files.SelectMany(file => file.KeyFaults))
        {
            faults.Add(key);
        }

        LogLevelCheck.Check(configuration, faults);
        var section = configuration.GetSection(ProxyOptions.SectionName);
        if (!section.Exists())
        {
            faults.AddAndSettle(SettingPath.Root, "the section is missing", "an object with Listeners and Clusters");
        }

        var shape = new ShapeCheck(faults, origin);
        shape.Check(section, SettingPath.Root, ConfigurationKeys.Default.ProxyOptions);
        var options = Bind(shape.Sound);
        options.Folder = origin.Files.LastOrDefault()?.Folder ?? "";
        return Validate(options, faults);
    }

    private static ProxyOptions Bind(IEnumerable<KeyValuePair<string, string?>> sound)
    {
        var options = new ProxyOptions();
        var configuration = new ConfigurationBuilder().Add(new SoundSettings(sound)).Build();
        var section = configuration.GetSection(ProxyOptions.SectionName);
        section.Bind(options);
        section.GetSection(nameof(options.Log)).Bind(options.Log);
        foreach (var (name, listener) in options.Listeners)
        {
            listener.ReadFrom(WrittenSettings.Of(section.GetSection(nameof(options.Listeners)).GetSection(name)));
        }

        foreach (var (name, cluster) in options.Clusters)
        {
            cluster.ReadFrom(WrittenSettings.Of(section.GetSection(nameof(options.Clusters)).GetSection(name)));
        }

        return options;
    }

    private static ConfigurationReading Validate(ProxyOptions options, FaultCollector faults)
    {
        OptionsValidation.Validate(options, faults);
        return new ConfigurationReading(faults.Faults.Count == 0 ? options : null, faults.Faults, faults.Warnings);
    }
}
