using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Health;

/// <summary>A destination that does not answer can be asked, by something that its system does not answer in its place.</summary>
internal static class AnswerWithinRule
{
    /// <summary>Adds what contradicts <see cref="HealthOptions.AnswerWithin"/>.</summary>
    public static void Check(SettingPath health, HealthOptions options, FaultCollector faults)
    {
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
                "Method Tls, Http or Ldap, or 00:00:00");
        }
    }
}
