using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Validation;

/// <summary>A setting that was changed and has no effect shows that something else was meant.</summary>
internal static class UnusedSetting
{
    /// <summary>Warns of each of these settings that is not what it is when nobody sets it.</summary>
    /// <param name="path">The object that has them.</param>
    /// <param name="because">With what they have no effect.</param>
    /// <param name="allowed">With what they would have.</param>
    /// <param name="faults">Takes the warnings.</param>
    /// <param name="settings">Their names, and whether they are changed.</param>
    public static void Warn(
        SettingPath path,
        string because,
        string allowed,
        FaultCollector faults,
        params ReadOnlySpan<(string Name, bool IsChanged)> settings)
    {
        foreach (var (name, isChanged) in settings)
        {
            if (isChanged)
            {
                faults.Warn(path.Child(name), $"has no effect {because}", allowed);
            }
        }
    }
}
