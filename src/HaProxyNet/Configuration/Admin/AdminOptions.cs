using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Control;

namespace HaProxyNet.Configuration.Admin;

/// <summary>Where operators and scrapers look, and where operators change things.</summary>
public sealed class AdminOptions
{
    /// <summary>The default of <see cref="ControlSocket"/>. Where it cannot be had, a folder of the user's own is taken.</summary>
    public const string DefaultControlSocket = RuntimePlaces.DefaultControlSocket;

    /// <summary>The default of <see cref="StateFile"/>. Where it cannot be had, a folder of the user's own is taken.</summary>
    public const string DefaultStateFile = RuntimePlaces.DefaultStateFile;

    /// <summary>IP address and port; default: loopback. Empty turns the endpoint off.</summary>
    [Description("IP address and port of the read-only HTTP endpoint for metrics, health and status. Empty turns it off.")]
    public string Endpoint { get; set; } = "127.0.0.1:9090";

    /// <summary>
    /// Further values of a request's <c>Host</c> that the endpoint answers to, names or addresses without a port. Addresses of this machine
    /// and <c>localhost</c> are always allowed; <c>*</c> allows everything. Anything else is refused, so that no web page can read the
    /// endpoint through a name of its own (DNS rebinding).
    /// </summary>
    [Description(
        "Further values of a request's Host, without a port, besides addresses of this machine and localhost. * allows everything.")]
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// The Unix socket over which commands reach the proxy; on Windows the name of a pipe. Empty turns control off. One that cannot be had
    /// is no reason not to serve: the proxy warns, and runs without.
    /// </summary>
    [Description("The Unix socket over which commands reach the proxy; on Windows the name of a pipe. Empty turns control off.")]
    public string ControlSocket { get; set; } = DefaultControlSocket;

    /// <summary>Where the proxy keeps what operators have set (drain, disable, switch) across restarts. Empty: nowhere.</summary>
    [Description("The file in which the proxy keeps what operators have set (drain, disable, switch) across restarts. Empty: nowhere.")]
    public string StateFile { get; set; } = DefaultStateFile;

    /// <summary>For how many days the history next to the state file is kept; 0: there is none.</summary>
    [AtLeast(0, AtMost = 366)]
    [Description("For how many days the proxy keeps its history (events, sums of each minute) next to the state file. 0: no history.")]
    public int HistoryDays { get; set; } = 30;
}
