using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Validation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// A configuration without a file: <c>run --listen EP --primary HOST:PORT --secondary HOST:PORT [--admin EP]</c>. It stands
/// for one listener and one cluster, both named <see cref="Name"/>, with the destinations <c>primary</c> and
/// <c>secondary</c>; environment variables may add to it, and the options win over them.
/// </summary>
internal static class OneLineForm
{
    /// <summary>The name of the listener and of the cluster, in metrics and commands.</summary>
    public const string Name = "iqservice";

    /// <summary>Reads the options by the rules of the file; faults name the option. One that is null was not given.</summary>
    public static LoadedConfiguration Load(string? listen, string? primary, string? secondary, string? admin = null) =>
        Load(listen, primary, secondary, admin, new EnvironmentVariablesConfigurationSource());

    internal static LoadedConfiguration Load(
        string? listen,
        string? primary,
        string? secondary,
        string? admin,
        IConfigurationSource environment)
    {
        var listener = ValidationContext.ListenersPath.Child(Name);
        var destinations = ValidationContext.ClustersPath.Child(Name).Child(nameof(ClusterOptions.Destinations));
        var given = new[]
        {
            (Option: "--listen", Path: ValidationContext.ListenerEndpointPath(Name), Value: listen ?? ""),
            (Option: "--primary", Path: destinations.Element(0).Child(nameof(DestinationOptions.Address)), Value: primary ?? ""),
            (Option: "--secondary", Path: destinations.Element(1).Child(nameof(DestinationOptions.Address)), Value: secondary ?? ""),
            (Option: "--admin", Path: ValidationContext.AdminEndpointPath, Value: admin),
        };
        var keys = given
            .Where(option => option.Value is not null)
            .ToDictionary(option => option.Path.Key, option => option.Value, StringComparer.OrdinalIgnoreCase);
        keys[listener.Child(nameof(ListenerOptions.Cluster)).Key] = Name;
        keys[destinations.Element(0).Child(nameof(DestinationOptions.Name)).Key] = "primary";
        keys[destinations.Element(1).Child(nameof(DestinationOptions.Name)).Key] = "secondary";

        var root = new ConfigurationBuilder().Add(environment).AddInMemoryCollection(keys).Build();
        var places = given.Select(option => (Text: option.Path.Text, option.Option))
            .Append((Text: destinations.Element(0).Text, Option: "--primary"))
            .Append((Text: destinations.Element(1).Text, Option: "--secondary"))
            .Append((Text: listener.Text, Option: "--listen"));
        return InOptionsWords(new LoadedConfiguration(ConfigurationReader.Read(root), root)
        {
            Places = places.ToDictionary(place => place.Text, place => place.Option, StringComparer.Ordinal),
        });
    }

    private static LoadedConfiguration InOptionsWords(LoadedConfiguration loaded) => loaded with
    {
        Reading = loaded.Reading with { Faults = [.. loaded.Reading.Faults.Select(loaded.InOperatorsWords)] },
    };
}
