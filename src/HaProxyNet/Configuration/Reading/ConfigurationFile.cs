using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace HaProxyNet.Configuration.Reading;

/// <summary>Loads <c>haproxynet.json</c>; environment variables such as <c>HAPROXYNET__ShutdownTimeout</c> win over it.</summary>
internal static class ConfigurationFile
{
    /// <summary>The file that is read when no other is named: in the working directory.</summary>
    public const string DefaultPath = "haproxynet.json";

    /// <summary>
    /// Reads a file and the environment. Neither bad content nor a missing file throws: those are faults. The root can be
    /// reloaded (<see cref="IConfigurationRoot.Reload"/>): <see cref="ConfigurationReader.Read(IConfiguration)"/> then gives the new
    /// options, or the faults of a file that has become bad.
    /// </summary>
    public static LoadedConfiguration Load(string path) => Load(path, new EnvironmentVariablesConfigurationSource());

    internal static LoadedConfiguration Load(string path, IConfigurationSource environment)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var root = new ConfigurationBuilder().Add(new ConfigurationFileProvider(path)).Add(environment).Build();
        return new LoadedConfiguration(ConfigurationReader.Read(root), root);
    }
}
