using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Server.Systemd;

/// <summary>Whether the sockets of a service manager and the listeners of a configuration belong together.</summary>
internal static class ActivationRules
{
    /// <summary>
    /// Every socket must bear the name of a listener, and its address. Anything else would be a listener that nobody sees.
    /// </summary>
    /// <param name="options">The configuration.</param>
    /// <param name="sockets">Each socket's name and the address that it is bound to; null: it is not a TCP socket that listens.</param>
    /// <returns>The faults; none when all sockets can be used.</returns>
    public static IReadOnlyList<ConfigurationFault> Check(ProxyOptions options, IEnumerable<(string Name, IPEndPoint? Address)> sockets)
        => [.. sockets.Select(socket => Check(options, socket.Name, socket.Address)).OfType<ConfigurationFault>()];

    private static ConfigurationFault? Check(ProxyOptions options, string name, IPEndPoint? address)
    {
        if (!options.Listeners.TryGetValue(name, out var listener))
        {
            return new(
                "Listeners",
                $"the service manager passes a socket named '{name}', and there is no listener '{name}'",
                $"write FileDescriptorName= in the socket unit with the name of a listener ({string.Join(", ", options.Listeners.Keys)})");
        }

        var path = EndpointAvailability.ListenerPath(name);
        if (address is null)
        {
            return new(
                path,
                $"the service manager's socket for listener '{name}' is no TCP socket that listens",
                "use ListenStream= with an address and a port in the socket unit, and Accept=no");
        }

        return address.Equals(ListenEndPoint.Parse(listener.Endpoint))
            ? null
            : new(
                path,
                $"the service manager's socket listens on {address}, and the endpoint here is {listener.Endpoint}",
                "make ListenStream= of the socket unit and this endpoint the same");
    }
}
