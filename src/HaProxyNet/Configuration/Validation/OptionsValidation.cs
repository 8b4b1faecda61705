using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Maintaining;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Configuration.Validation;

/// <summary>Every concern of a valid configuration, one after the other.</summary>
internal static class OptionsValidation
{
    private static readonly IOptionsValidator[] _validators =
    [
        new RangeValidator(),
        new AdminEndpointValidator(),
        new AdminHostsValidator(),
        new AdminPathsValidator(),
        new ListenerPresenceValidator(),
        new ListenerEndpointValidator(),
        new DatagramPortValidator(),
        new EndpointOverlapValidator(),
        new AllowedClientsValidator(),
        new ListenerClusterValidator(),
        new RouteValidator(),
        new UnusedClusterValidator(),
        new NameValidator(),
        new DestinationPresenceValidator(),
        new DestinationNameValidator(),
        new DestinationAddressValidator(),
        new DestinationLoopValidator(),
        new ConnectingValidator(),
        new HealthValidator(),
        new ProbeEncryptionValidator(),
        new ListenerTlsValidator(),
        new ClusterTlsValidator(),
        new CertificatePlaceValidator(),
        new TlsPairingValidator(),
        new FailbackValidator(),
        new FailoverGroupValidator(),
        new HoldDownValidator(),
        new BackChannelValidator(),
        new HttpListenerValidator(),
        new SelectionValidator(),
        new ProxyProtocolValidator(),
        new LogValidator(),
        new NotifyValidator(),
        new MaintenanceValidator(),
    ];

    public static void Validate(ProxyOptions options, FaultCollector faults)
    {
        var context = new ValidationContext(options, faults);
        foreach (var validator in _validators)
        {
            validator.Validate(context);
        }
    }
}
