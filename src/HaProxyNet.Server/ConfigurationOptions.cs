using System.CommandLine;
using HaProxyNet.Configuration;

namespace HaProxyNet.Server;

/// <summary>How a command is told its configuration: a file, or one line.</summary>
internal static class ConfigurationOptions
{
    /// <summary>Where a package puts the file; looked at when there is none in the working directory.</summary>
    public const string SystemPath = "/etc/haproxynet/haproxynet.json";

    /// <summary>The option for the file.</summary>
    public static Option<string?> File() => new("--config")
    {
        Description = $"The configuration file; {ConfigurationFile.DefaultPath} here, else {SystemPath}, when not given.",
        HelpName = "FILE",
    };

    /// <summary>The file to read.</summary>
    public static string PathOf(string? given)
        => given ?? (!System.IO.File.Exists(ConfigurationFile.DefaultPath) && System.IO.File.Exists(SystemPath)
            ? SystemPath
            : ConfigurationFile.DefaultPath);
}
