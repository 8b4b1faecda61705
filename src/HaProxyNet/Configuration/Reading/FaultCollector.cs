using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// Collects faults and warnings. A setting that has been reported as unreadable or misspelled is settled: what else seems
/// wrong with it or below it only follows from that, and is not reported again.
/// </summary>
internal sealed class FaultCollector(SettingOrigin? origin = null)
{
    private readonly List<(SettingPath Path, ConfigurationFault Fault)> _faults = [];
    private readonly List<(SettingPath Path, ConfigurationFault Fault)> _warnings = [];
    private readonly HashSet<string> _settled = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ConfigurationFault> Faults => InOrder(_faults);

    public IReadOnlyList<ConfigurationFault> Warnings => InOrder(_warnings);

    public void Add(SettingPath path, string problem, string allowed) => Report(_faults, path, problem, allowed);

    public void Warn(SettingPath path, string problem, string allowed) => Report(_warnings, path, problem, allowed);

    /// <summary>Reports a key; the one that was meant is not missed then.</summary>
    public void Add(KeyFault key)
    {
        Add(key.Path, key.Problem, key.Allowed);
        foreach (var meant in key.Meant)
        {
            Settle(new SettingPath(meant, meant));
        }
    }

    /// <summary>Reports a setting that cannot be read at all.</summary>
    public void AddAndSettle(SettingPath path, string problem, string allowed)
    {
        Add(path, problem, allowed);
        Settle(path);
    }

    public void Settle(SettingPath path) => _settled.Add(path.Key);

    public bool IsSettled(SettingPath path)
    {
        for (var key = path.Key; key is not null; key = ConfigurationPath.GetParentPath(key))
        {
            if (_settled.Contains(key))
            {
                return true;
            }
        }

        return false;
    }

    private static ConfigurationFault[] InOrder(List<(SettingPath Path, ConfigurationFault Fault)> reports) =>
        [.. reports.OrderBy(report => report.Path.Key, ConfigurationKeyComparer.Instance).Select(report => report.Fault)];

    private void Report(List<(SettingPath Path, ConfigurationFault Fault)> reports, SettingPath path, string problem, string allowed)
    {
        if (!IsSettled(path))
        {
            var from = origin?.EnvironmentVariableOf(path) is { } variable ? $" (from the environment variable {variable})" : "";
            reports.Add((path, new ConfigurationFault(path.Text, problem + from, allowed)));
        }
    }
}
