using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// What a command starts from: the proxy's options or their faults, and the whole configuration for the host (log levels).
/// </summary>
/// <param name="Reading">The options, or every fault.</param>
/// <param name="Root">The configuration that was read, to be given to the host; it can be reloaded.</param>
internal sealed record LoadedConfiguration(ConfigurationReading Reading, IConfigurationRoot Root)
{
    /// <summary>The command-line options that stand for paths, when the configuration came from the command line.</summary>
    internal IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// A fault that was found later, such as an endpoint that is taken, in the words of where the configuration came from.
    /// </summary>
    public ConfigurationFault InOperatorsWords(ConfigurationFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(Rename(fault.Path), Rename(fault.Problem), Rename(fault.Allowed));
    }

    private string Rename(string text)
        => Places.Aggregate(text, (renamed, place) => renamed.Replace(place.Key, place.Value, StringComparison.Ordinal));
}
