using System.Globalization;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>
/// HaProxyNet as it comes: the one-line form of <c>run</c>, nothing switched off, its admin endpoint on. How many threads carry traffic
/// follows from the CPUs that it is given.
/// </summary>
/// <param name="program">The published executable, or a .dll for dotnet.</param>
/// <param name="engine">Auto, Reactor or Managed.</param>
/// <param name="isBefore">An earlier build, which the one under test is compared with as with any peer.</param>
internal sealed class HaProxyNetContender(string program, string engine, bool isBefore = false) : Contender
{
    // Any of these counters in /metrics tells what the managed heap has handed out.
    private static readonly string[] _allocationCounters =
    [
        "haproxynet_managed_allocated_bytes_total",
        "dotnet_gc_allocated_bytes_total",
        "process_runtime_dotnet_gc_allocations_size_bytes_total",
    ];

    private static readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <inheritdoc/>
    public override string Name => Product + (engine == DefaultEngine ? "" : "-" + engine.ToLowerInvariant());

    /// <summary>The engine that it chooses by itself.</summary>
    public const string DefaultEngine = "Auto";

    /// <inheritdoc/>
    public override string Product => isBefore ? "haproxynet-before" : "haproxynet";

    /// <inheritdoc/>
    public override ContenderRole Role => isBefore ? ContenderRole.Peer : ContenderRole.Ours;

    /// <inheritdoc/>
    public override bool Does(IWork work) => true;

    /// <inheritdoc/>
    public override async Task<string> ReadVersionAsync(CancellationToken cancellation)
    {
        var (command, arguments) = Command(["--version"]);
        var said = await Tool.RunAsync([], command, arguments, cancellation);
        return $"HaProxyNet {said.Output.Split('\n')[0].Trim()}, engine {engine}, "
            + $"{(ProxyBuild.IsNative(program) ? "native" : "on the .NET runtime")}";
    }

    /// <inheritdoc/>
    public override Daemon Launch(ProxySetup setup)
    {
        var (command, arguments) = Command(setup switch
        {
            { Configuration: { } whole } => ["run", "--config", WriteFile(setup, whole)],
            { Tls: not null } or { HasHeaders: true } => ["run", "--config", WriteFile(setup, Pair(setup))],
            _ =>
            [
                "run", "--listen", setup.Listen.ToString(), "--primary", setup.Primary.ToString(),
                "--secondary", setup.Secondary.ToString(), "--admin", setup.Admin.ToString(),
            ],
        });
        var environment = new Dictionary<string, string>(setup.Settings, StringComparer.Ordinal);
        if (engine != DefaultEngine)
        {
            environment["HAPROXYNET__ENGINE"] = engine;
        }

        return Daemon.Start(setup.Cpus, Path.Combine(setup.Folder, "output.log"), command, arguments, environment);
    }

    /// <summary>Writes the set-up's configuration, and runs a command with it to its end.</summary>
    /// <exception cref="ComparisonException">It has failed.</exception>
    public async Task RunAsync(ProxySetup setup, IEnumerable<string> words, CancellationToken cancellation)
    {
        var (command, arguments) = Command([.. words, "--config", WriteFile(setup, setup.Configuration ?? Pair(setup))]);
        (await Tool.RunAsync(setup.Cpus, command, arguments, cancellation)).Expect("haproxynet " + string.Join(' ', words));
    }

    /// <inheritdoc/>
    public override async Task<double?> ReadManagedBytesAsync(ProxySetup setup, CancellationToken cancellation)
    {
        try
        {
            return AllocatedBytes(await _http.GetStringAsync(new Uri($"http://{setup.Admin}/metrics"), cancellation));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Finds the counter in Prometheus' text form.</summary>
    public static double? AllocatedBytes(string metrics)
    {
        var values = metrics.Split('\n')
            .Where(line => _allocationCounters.Contains(line.Split(' ', '{')[0], StringComparer.Ordinal))
            .Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
            .ToList();
        return values.Count > 0 ? values.Sum() : null;
    }

    /// <summary>In one step: a reload that looks at it meanwhile finds it whole.</summary>
    private static string WriteFile(ProxySetup setup, string configuration)
    {
        var path = Path.Combine(setup.Folder, "haproxynet.json");
        File.WriteAllText(path + ".new", configuration);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    /// <summary>The one-line form has neither TLS nor PROXY headers: a file, with what all contenders have, and nothing else set.</summary>
    private static string Pair(ProxySetup setup) => $$"""
        { "HaProxyNet": {
            "Admin": { "Endpoint": "{{setup.Admin}}" },
            "Listeners": { "rpc": { "Endpoint": "{{setup.Listen}}", "Cluster": "pair"{{Door(setup)}} } },
            "Clusters": { "pair": { {{(setup.HasHeaders ? "\"SendProxyProtocol\": \"V2\", " : "")}}"Destinations": [
                { "Name": "primary", "Address": "{{setup.Primary}}" }, { "Name": "secondary", "Address": "{{setup.Secondary}}" } ] } }
        } }
        """;

    private static string Door(ProxySetup setup) => setup switch
    {
        { Tls: { } tls } => $$"""
            , "Tls": {
                "Mode": "Terminate", "ServerName": "{{TlsFiles.ServerName}}", "MinVersion": "Tls13",
                "CipherSuites": [ "TLS_AES_256_GCM_SHA384" ],
                "Certificate": { "Path": "{{tls.Certificate}}", "KeyPath": "{{tls.Key}}" } }
            """,
        { HasHeaders: true } => """, "ProxyProtocol": { "AcceptFrom": [ "127.0.0.0/8" ] }""",
        _ => "",
    };

    private (string Program, IEnumerable<string> Arguments) Command(IEnumerable<string> arguments) =>
        Path.GetExtension(program) == ".dll" ? ("dotnet", [program, .. arguments]) : (program, arguments);
}
