using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>Each destination has a usable name that no other one in its cluster has, in any case.</summary>
internal sealed class DestinationNameValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            var taken = new Dictionary<string, SettingPath>(StringComparer.OrdinalIgnoreCase);
            foreach (var (destinationPath, destination) in ValidationContext.Destinations(path, cluster))
            {
                Check(destinationPath, destination.Name, taken, context.Faults);
            }
        }
    }

    private static void Check(SettingPath path, string name, Dictionary<string, SettingPath> taken, FaultCollector faults)
    {
        var namePath = path.Child(nameof(DestinationOptions.Name));
        if (name.Length == 0)
        {
            faults.Add(namePath, "is missing", $"a name that is unique in its cluster: {SettingName.Allowed}");
        }
        else if (!SettingName.IsValid(name))
        {
            faults.Add(namePath, $"'{name}' cannot be a name", SettingName.Allowed);
        }
        else if (!taken.TryAdd(name, path))
        {
            faults.Add(
                namePath,
                $"'{name}' is already the name of {taken[name]}",
                "a name that is unique in its cluster (upper and lower case are the same)");
        }
    }
}
