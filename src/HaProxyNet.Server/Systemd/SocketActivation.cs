using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Transport.Handover;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// Listening sockets that a service manager keeps open for this process: clients wait, rather than being refused, while it starts.
/// </summary>
/// <param name="Listeners">The listeners that they are for.</param>
/// <param name="Sockets">The sockets, for the engine; null: there are none.</param>
/// <param name="Faults">Why they cannot be used.</param>
internal sealed record SocketActivation(
    IReadOnlyCollection<string> Listeners,
    InheritedSockets? Sockets,
    IReadOnlyList<ConfigurationFault> Faults)
{
    private static readonly string[] _variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

    /// <summary>Takes what the environment of this process names, once: a second look finds nothing.</summary>
    public static SocketActivation Take(ProxyOptions options)
    {
        var sockets = ActivationEnvironment.Read(Environment.GetEnvironmentVariable, Environment.ProcessId);
        Array.ForEach(_variables, variable => Environment.SetEnvironmentVariable(variable, null));
        if (sockets.Count == 0 || !OperatingSystem.IsLinux())
        {
            return new([], null, []);
        }

        var faults = ActivationRules.Check(
            options,
            sockets.Select(socket => (socket.Name, InheritedSocket.ListeningAddress(socket.Descriptor))));
        if (faults.Count > 0)
        {
            return new([], null, faults);
        }

        var inherited = new InheritedSockets(sockets.Select(socket => new InheritedSocket(socket.Descriptor, IsShared: true)));
        return new([.. sockets.Select(socket => socket.Name)], inherited, []);
    }
}
