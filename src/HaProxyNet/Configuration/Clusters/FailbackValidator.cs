using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>The failback settings of a cluster fit together.</summary>
internal sealed class FailbackValidator : IOptionsValidator
{
    private const string TimeOfDay = "a time of day such as 02:00";

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            var failback = path.Child(nameof(ClusterOptions.Failback));
            CheckWindow(failback, cluster.Failback, context.Faults);
            CheckUnused(failback, cluster.Failback, context.Faults);
        }
    }

    private static void CheckWindow(SettingPath failback, FailbackOptions options, FaultCollector faults)
    {
        var path = failback.Child(nameof(FailbackOptions.Window));
        var (from, to) = (options.Window.From, options.Window.To);
        var isMeant = options.Mode is FailbackMode.Window;
        CheckTime(path.Child(nameof(FailbackWindowOptions.From)), from, isMeant, faults);
        CheckTime(path.Child(nameof(FailbackWindowOptions.To)), to, isMeant, faults);
        if (isMeant && from.Length > 0 && from == to)
        {
            faults.Add(path, "opens and closes at the same time", "From and To that differ");
        }

        if (!isMeant && (from.Length > 0 || to.Length > 0 || options.Window.Days.Count > 0))
        {
            faults.Warn(path, $"has no effect with Mode {options.Mode}", "Mode Window");
        }
    }

    private static void CheckTime(SettingPath path, string text, bool isNeeded, FaultCollector faults)
    {
        if (text.Length == 0 && isNeeded)
        {
            faults.Add(path, "is missing, and Mode is Window", TimeOfDay);
        }
        else if (text.Length > 0 && !FailbackWindow.TryTime(text, out _))
        {
            faults.Add(path, $"'{text}' is not a time of day", TimeOfDay);
        }
    }

    /// <summary>A setting that was changed and has no effect shows that something else was meant.</summary>
    private static void CheckUnused(SettingPath failback, FailbackOptions options, FaultCollector faults)
    {
        var told = new FailbackOptions();
        if (options.Mode is not FailbackMode.StableFor && options.StableFor != told.StableFor)
        {
            faults.Warn(failback.Child(nameof(FailbackOptions.StableFor)), $"has no effect with Mode {options.Mode}", "Mode StableFor");
        }

        if (options.Mode is FailbackMode.StableFor && options.StableFor == TimeSpan.Zero)
        {
            faults.Warn(
                failback.Child(nameof(FailbackOptions.StableFor)),
                "is zero, which is Mode Immediate",
                "a time of more than zero, or Mode Immediate");
        }

        if (options.Sessions is not FailbackSessions.CloseWhenQuiet && options.QuietFor != told.QuietFor)
        {
            faults.Warn(
                failback.Child(nameof(FailbackOptions.QuietFor)),
                $"has no effect with Sessions {options.Sessions}",
                "Sessions CloseWhenQuiet");
        }

        if (options.Sessions is not FailbackSessions.Deadline && options.SessionsDeadline != told.SessionsDeadline)
        {
            faults.Warn(
                failback.Child(nameof(FailbackOptions.SessionsDeadline)),
                $"has no effect with Sessions {options.Sessions}",
                "Sessions Deadline");
        }
    }
}
