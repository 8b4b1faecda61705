using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Validation;

/// <summary>The names of listeners and clusters can be written in a metric and on a command line.</summary>
internal sealed class NameValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var names = context.Listeners.Select(listener => (listener.Path, listener.Name))
            .Concat(context.Clusters.Select(cluster => (cluster.Path, cluster.Name)));
        foreach (var (path, name) in names)
        {
            if (!SettingName.IsValid(name))
            {
                Refuse(context.Faults, path, name);
            }
        }
    }

    private static void Refuse(FaultCollector faults, SettingPath path, string name) =>
        faults.Add(path, $"'{name}' cannot be a name", SettingName.Allowed);
}
