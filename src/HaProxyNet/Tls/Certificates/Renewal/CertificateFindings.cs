using HaProxyNet.Configuration.Reading;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.Certificates.Renewal;

/// <summary>What came of loading the certificates that a configuration names.</summary>
/// <param name="Faults">What cannot be loaded.</param>
/// <param name="Warnings">What can, and will make peers refuse it, now or soon.</param>
public sealed record CertificateFindings(IReadOnlyList<ConfigurationFault> Faults, IReadOnlyList<ConfigurationFault> Warnings)
{
    /// <summary>What each listener would show, as far as it can be loaded.</summary>
    internal IReadOnlyList<ListenerCertificates> Listeners { get; init; } = [];
}
