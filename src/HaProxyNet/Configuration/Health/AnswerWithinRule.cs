using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Health;

/// <summary>A destination that does not answer can be asked, by something that its system does not answer in its place.</summary>
internal static class AnswerWithinRule
{
    /// <summary>FTP, SSH, SMTP, POP3, IMAP, MySQL, with and without TLS: the server greets, and the client waits for that.</summary>
    private static readonly int[] _portsOfGreetings = [21, 22, 25, 110, 143, 465, 587, 990, 993, 995, 3306];

    /// <summary>Adds what contradicts <see cref="HealthOptions.AnswerWithin"/>.</summary>
    public static void Check(SettingPath health, ClusterOptions cluster, FaultCollector faults)
    {
        var options = cluster.Health;
        if (options.AnswerWithin <= TimeSpan.Zero)
        {
            return;
        }

        var path = health.Child(nameof(HealthOptions.AnswerWithin));
        if (options.Probe is ProbeMode.Never)
        {
            faults.Add(
                path,
                "is set, and with Probe Never nobody asks a destination that does not answer",
                "Probe WhenDown, WhenIdleOrDown or Always, or 00:00:00");
        }

        if (!options.Method.IsBeyondConnect())
        {
            faults.Add(
                path,
                $"is set, and Method {options.Method} is answered by the destination's system even if its program is stopped",
                "Method Tls, Http, Ldap or StatusServer, or 00:00:00");
        }

        if (cluster.Destinations.FirstOrDefault(SpeaksFirst) is { } greeting)
        {
            faults.Warn(
                path,
                $"finds nobody waiting where the server speaks first, as at {greeting.Address}: its greeting counts as the answer",
                "Probe Always with a Method that the program must answer, or 00:00:00");
        }
    }

    private static bool SpeaksFirst(DestinationOptions destination)
        => DestinationAddress.TryParse(destination.Address, out var address) && _portsOfGreetings.Contains(address.Port);
}
