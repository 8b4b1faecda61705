using System.Globalization;
using HaProxyNet.Comparison.Machine;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>A peer's configuration file with <c>{{names}}</c> where addresses go, readable as it stands.</summary>
internal static class ConfigurationTemplate
{
    /// <summary>Fills in the template and writes it to the contender's folder.</summary>
    /// <returns>The path of the written file.</returns>
    public static string Write(string templateFile, ProxySetup setup)
    {
        var path = Path.Combine(setup.Folder, Path.GetFileName(templateFile));
        File.WriteAllText(path, Fill(File.ReadAllText(templateFile), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen"] = setup.Listen.ToString(),
            ["primary"] = setup.Primary.ToString(),
            ["secondary"] = setup.Secondary.ToString(),
            ["threads"] = setup.Threads.ToString(CultureInfo.InvariantCulture),
            ["folder"] = setup.Folder,
            ["user"] = Environment.UserName,
            ["certificate"] = setup.Tls?.Certificate ?? "",
            ["key"] = setup.Tls?.Key ?? "",
            ["certificate_and_key"] = setup.Tls?.Both ?? "",
            ["accept_header"] = setup.HasHeaders ? "accept-proxy" : "",
            ["send_header"] = setup.HasHeaders ? "send-proxy-v2" : "",
            ["stream_module"] = RequiredTools.StreamModulePaths.FirstOrDefault(File.Exists) ?? RequiredTools.StreamModulePaths[0],
        }));
        return path;
    }

    /// <summary>Replaces every <c>{{name}}</c>.</summary>
    /// <exception cref="ComparisonException">A name has no value.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            template = template.Replace("{{" + name + "}}", value, StringComparison.Ordinal);
        }

        var left = template.IndexOf("{{", StringComparison.Ordinal);
        return left < 0
            ? template
            : throw new ComparisonException(
                $"The template asks for {template[left..].Split('}')[0]}}}}}; known are {string.Join(", ", values.Keys)}.");
    }
}
