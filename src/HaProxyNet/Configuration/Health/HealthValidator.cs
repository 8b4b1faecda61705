using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Health;

/// <summary>The settings of a cluster's probes fit together, and to this system.</summary>
/// <param name="isHalfOpenPossible">Whether this system can probe half-open; default: found out.</param>
internal sealed class HealthValidator(bool? isHalfOpenPossible = null) : IOptionsValidator
{
    private static readonly HealthOptions _untouched = new();
    private static readonly int[] _directoryTlsPorts = [636, 3269];
    private static readonly int[] _plainWebPorts = [80, 8080];

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            var health = path.Child(nameof(ClusterOptions.Health));
            CheckMode(health, cluster.Health, context.Faults);
            CheckHttp(health, cluster.Health, context.Faults);
            CheckTls(health, cluster, context.Faults);
            AnswerWithinRule.Check(health, cluster, context.Faults);
            CheckDrill(health.Child(nameof(HealthOptions.Drill)), cluster.Health.Drill, context.Faults);
        }
    }

    private void CheckMode(SettingPath health, HealthOptions options, FaultCollector faults)
    {
        if (options is { Method: ProbeMethod.HalfOpen, Probe: not ProbeMode.Never } && !(isHalfOpenPossible ?? OperatingSystem.IsLinux()))
        {
            faults.Warn(
                health.Child(nameof(HealthOptions.Method)),
                "HalfOpen needs Linux: probes connect and reset here, which the agents' accept() sees",
                "Method Connect, to say that you know");
        }

        if (options.Probe is ProbeMode.Never)
        {
            faults.Warn(
                health.Child(nameof(HealthOptions.Probe)),
                "is Never: a destination that went down is not found up again while another one serves, so there is no failback to it",
                "WhenDown, WhenIdleOrDown, or Always");
        }

        var asksWhenUp = options.Probe is ProbeMode.WhenIdleOrDown or ProbeMode.Always;
        if (!asksWhenUp && options.Interval != _untouched.Interval)
        {
            faults.Warn(
                health.Child(nameof(HealthOptions.Interval)),
                $"has no effect with Probe {options.Probe}",
                "Probe WhenIdleOrDown or Always");
        }
        else if (asksWhenUp && options.Interval < options.DownInterval)
        {
            faults.Warn(
                health.Child(nameof(HealthOptions.Interval)),
                $"is {options.Interval}: a destination that is up is asked more often than one that is down "
                    + $"(DownInterval {options.DownInterval})",
                "a time of DownInterval or more");
        }
    }

    private static void CheckHttp(SettingPath health, HealthOptions options, FaultCollector faults)
    {
        var isHttp = options.Method is ProbeMethod.Http || options.Drill.Method is ProbeMethod.Http;
        if (!options.Path.StartsWith('/')
            || options.Path.Any(c => char.IsControl(c) || c is ' ' or '#')
            || !Uri.IsWellFormedUriString(options.Path, UriKind.Relative))
        {
            faults.Add(
                health.Child(nameof(HealthOptions.Path)),
                $"'{options.Path}' is not the path of a URL",
                "a path such as /nidp/app/heartbeat");
        }

        if (!isHttp && options.Path != _untouched.Path)
        {
            NoEffect(nameof(HealthOptions.Path), "Method Http");
        }

        if (!isHttp && options.ExpectStatus != _untouched.ExpectStatus)
        {
            NoEffect(nameof(HealthOptions.ExpectStatus), "Method Http");
        }

        void NoEffect(string key, string with) => faults.Warn(health.Child(key), $"has no effect with Method {options.Method}", with);
    }

    private static void CheckTls(SettingPath health, ClusterOptions cluster, FaultCollector faults)
    {
        var options = cluster.Health;
        var methods = new[] { options.Method, options.Drill.Method };
        var ports = options.Port is { } own ? [own] : cluster.Destinations
            .Select(d => DestinationAddress.TryParse(d.Address, out var address) ? address.Port : 0).Distinct().ToArray();
        if (methods.Contains(ProbeMethod.Ldap)
            && options.Tls is null
            && ports.FirstOrDefault(_directoryTlsPorts.Contains) is not 0 and var secure)
        {
            faults.Add(health.Child(nameof(HealthOptions.Tls)), $"is not set, and port {secure} is that of LDAP over TLS", "true");
        }

        if (methods.Contains(ProbeMethod.Http)
            && options.Tls is null
            && ports.FirstOrDefault(_plainWebPorts.Contains) is not 0 and var plain)
        {
            faults.Warn(
                health.Child(nameof(HealthOptions.Tls)),
                $"is not set, and Http is spoken over TLS then, also to port {plain}",
                "false, or true to say that you know");
        }

        var isTold = methods.Any(m => m is ProbeMethod.Http or ProbeMethod.Ldap);
        if (options.Tls is not null && !isTold)
        {
            NoEffect(nameof(HealthOptions.Tls), "Method Http or Ldap");
        }

        CheckName(health, cluster, options.SpeaksTls(), faults);

        void NoEffect(string key, string with) => faults.Warn(health.Child(key), $"has no effect with Method {options.Method}", with);
    }

    private static void CheckName(SettingPath health, ClusterOptions cluster, bool speaksTls, FaultCollector faults)
    {
        var options = cluster.Health;
        var path = health.Child(nameof(HealthOptions.Host));
        if (options.Host.Length > 0 && !HostAndPort.TryParseAddress(options.Host, out _) && HostName.ProblemOf(options.Host) is { } problem)
        {
            faults.Add(path, problem, "a host name or an IP address, without a port");
        }

        var isHttp = options.Method is ProbeMethod.Http || options.Drill.Method is ProbeMethod.Http;
        if (options.Host.Length > 0 && !speaksTls && !isHttp)
        {
            faults.Warn(path, $"has no effect with Method {options.Method}", "Method Tls or StatusServer, or Http or Ldap over TLS");
        }

        if (options.Host.Length > 0 && speaksTls && !isHttp && ProbeEncryption.TakesTermsOfTheCluster(cluster))
        {
            faults.Warn(
                path,
                "has no effect: at the own port probes ask for the name that connections ask for, by Tls of the cluster",
                "a Port, or nothing");
        }

        if (options.Host.Length == 0 && speaksTls && options.Verify && !ProbeEncryption.TakesTermsOfTheCluster(cluster)
            && cluster.Destinations.FirstOrDefault(d => DestinationAddress.TryParse(d.Address, out var a) && a.IsIPAddress) is { } literal)
        {
            faults.Warn(
                path,
                $"is empty, so the certificate must bear the address of {literal.Address}",
                "the name in the certificate, or Verify false");
        }
    }

    private static void CheckDrill(SettingPath drill, DrillOptions options, FaultCollector faults)
    {
        if (options.At.Length > 0 && !FailbackWindow.TryTime(options.At, out _))
        {
            faults.Add(drill.Child(nameof(DrillOptions.At)), $"'{options.At}' is not a time of day", "a time of day such as 03:30");
        }

        if (options.At.Length == 0 && options.Method != new DrillOptions().Method)
        {
            faults.Warn(drill.Child(nameof(DrillOptions.Method)), "has no effect without At", "a time of day in At, such as 03:30");
        }
    }
}
