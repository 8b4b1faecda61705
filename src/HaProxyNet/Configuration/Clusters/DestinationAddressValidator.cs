using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>Each destination's address can be read, and no two in a cluster are the same: the second could never help the first.</summary>
internal sealed class DestinationAddressValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            var taken = new Dictionary<DestinationAddress, SettingPath>();
            foreach (var (destinationPath, destination) in ValidationContext.Destinations(path, cluster))
            {
                Check(destinationPath, destination.Address, taken, context.Faults);
            }
        }
    }

    private static void Check(SettingPath path, string text, Dictionary<DestinationAddress, SettingPath> taken, FaultCollector faults)
    {
        var addressPath = path.Child(nameof(DestinationOptions.Address));
        if (!DestinationAddress.TryParse(text, out var address, out var problem))
        {
            faults.Add(addressPath, problem, DestinationAddress.Allowed);
        }
        else if (!taken.TryAdd(address.WithoutDot, path))
        {
            faults.Add(
                addressPath,
                $"{address} is already the address of {taken[address.WithoutDot]}",
                "an address of its own for each destination of a cluster");
        }
    }
}
