using System.CommandLine;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Server.CommandLine;

/// <summary>How a command is told its configuration file.</summary>
internal static class ConfigurationOptions
{
    /// <summary>Where a package puts the file; looked at when there is none in the working directory.</summary>
    public const string SystemPath = "/etc/haproxynet/haproxynet.json";

    /// <summary>The option for the file.</summary>
    public static Option<string?> File()
    {
        var option = new Option<string?>("--config")
        {
            Description = $"The configuration file; {ConfigurationFile.DefaultPath} here, else {SystemPath}, when not given.",
            HelpName = "FILE",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--config is empty, and names no file");
            }
        });
        return option;
    }

    /// <summary>The file to read.</summary>
    public static string PathOf(string? given)
        => given ?? (!System.IO.File.Exists(ConfigurationFile.DefaultPath) && System.IO.File.Exists(SystemPath)
            ? SystemPath
            : ConfigurationFile.DefaultPath);
}
