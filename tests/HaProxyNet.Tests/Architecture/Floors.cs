namespace HaProxyNet.Tests.Architecture;

/// <summary>
/// The floors of the house, the ground first, for each project under src. A room is a folder at the top of a project; "." is what stands in
/// none. A room knows lower floors only, so nobody needs to read upwards, and there is no circle. HaProxyNet.Transport and
/// HaProxyNet.Control stand below HaProxyNet, by the compiler's own guard: they reference no other project.
/// </summary>
internal static class Floors
{
    public static IReadOnlyDictionary<string, string[][]> OfProjects { get; } = new Dictionary<string, string[][]>(StringComparer.Ordinal)
    {
        ["HaProxyNet.Transport"] =
        [
            ["Async", "Vocabulary"],
            ["Teardown"],
            ["."],
            ["Native"],
            ["Handover"],
            ["Managed", "Reactor"],
        ],
        ["HaProxyNet.Control"] =
        [
            ["Documents", "Trust"],
            ["."],
        ],
        ["HaProxyNet"] =
        [
            ["Lines", "Machine"],
            ["Configuration"],
            ["Vocabulary"],
            ["Telemetry"],
            ["State", "Reloading"],
            ["Tls"],
            ["ProxyProtocol"],
            ["Listening"],
            ["Connections"],
            ["Introducing", "Handshaking", "Closing", "Failover"],
            ["Health", "Maintaining"],
            ["Connecting", "Management"],
            ["Forwarding"],
            ["."],
            ["Upgrading"],
            ["Hosting"],
        ],
        ["HaProxyNet.Simulator"] =
        [
            ["Framing"],
            ["Agents", "Clients", "Workloads"],
            ["Load"],
        ],
        ["HaProxyNet.Server"] =
        [
            ["CommandLine"],
            [
                "Administering",
                "Checking",
                "Controlling",
                "Diagnosing",
                "Documenting",
                "Exporting",
                "Initializing",
                "Logging",
                "Succeeding",
                "Systemd",
                "WindowsServices",
            ],
            ["Running"],
            ["Demo", "Incident"],
            ["."],
        ],
    };
}
