using System.Diagnostics.CodeAnalysis;

namespace HaProxyNet.Configuration.Reading;

/// <summary>What came of reading a configuration: options to run with, or every reason why there are none.</summary>
/// <param name="Options">The options; null when there is a fault.</param>
/// <param name="Faults">Everything that is wrong, in the order of the configuration's keys.</param>
/// <param name="Warnings">What can be run but is hardly meant; never a reason to refuse.</param>
internal sealed record ConfigurationReading(
    ProxyOptions? Options,
    IReadOnlyList<ConfigurationFault> Faults,
    IReadOnlyList<ConfigurationFault> Warnings)
{
    /// <summary>Whether there are options to run with.</summary>
    [MemberNotNullWhen(true, nameof(Options))]
    public bool IsValid => Options is not null;
}
