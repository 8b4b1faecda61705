using System.Net;
using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;
using HaProxyNet.Control;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// Where to ask whether the proxy is ready. A file that has become faulty since the proxy read it is no reason not to ask: what it says of
/// the places is taken, and the defaults for the rest.
/// </summary>
/// <param name="Control">The control sockets to ask, in order.</param>
/// <param name="Admin">The endpoint to ask when none of them answers; null: none.</param>
internal sealed record ReadyPlaces(IReadOnlyList<string> Control, IPEndPoint? Admin)
{
    /// <summary>The places.</summary>
    /// <param name="socket">The control socket that was named; null: none was.</param>
    /// <param name="file">The configuration file that was named; null: none was.</param>
    public static ReadyPlaces Of(string? socket, string? file)
    {
        if (socket is not null)
        {
            return new([socket], Admin: null);
        }

        var (root, standard) = (ConfigurationFile.Load(ConfigurationOptions.PathOf(file)).Root, new AdminOptions());
        return new(
            RuntimePlaces.ControlSocket(root[ValidationContext.AdminPath.Child(nameof(AdminOptions.ControlSocket)).Key]
                ?? standard.ControlSocket),
            Reachable(root[ValidationContext.AdminEndpointPath.Key] ?? standard.Endpoint));
    }

    /// <summary>The address at which an endpoint can be reached from this machine; null: it is off, or its port is not known.</summary>
    private static IPEndPoint? Reachable(string endpoint)
    {
        if (!ListenEndPoint.TryParse(endpoint, out var parsed) || parsed.Port == 0)
        {
            return null;
        }

        return parsed.Address.Equals(IPAddress.Any) || parsed.Address.Equals(IPAddress.IPv6Any)
            ? new(parsed.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback, parsed.Port)
            : parsed;
    }
}
