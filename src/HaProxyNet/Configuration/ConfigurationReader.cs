using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration;

/// <summary>Turns configuration, from wherever it came, into options or into every fault in it.</summary>
public static class ConfigurationReader
{
    /// <summary>Reads the section <see cref="ProxyOptions.SectionName"/> of <paramref name="configuration"/>.</summary>
    /// <param name="configuration">The root: a file, the environment, or a host's whole configuration.</param>
    public static ConfigurationReading Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new ProxyOptions();
        configuration.GetSection(ProxyOptions.SectionName).Bind(options);
        return new ConfigurationReading(options, [], []);
    }
}
