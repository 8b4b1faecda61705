namespace HaProxyNet.Configuration.Reading;

/// <summary>The configuration that was given at start has faults; the message is one line a fault.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<ConfigurationFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Every fault that was found.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
