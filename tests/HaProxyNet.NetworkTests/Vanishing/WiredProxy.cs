using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Vanishing;

/// <summary>A proxy in the near namespace, for one kind of wire, and the listening socket of the agent behind it.</summary>
internal sealed class WiredProxy : IAsyncDisposable
{
    private readonly CertificateFiles _files;
    private readonly X509Certificate2 _certificate;
    private readonly Socket _agent;
    private readonly string _listenAddress;

    private WiredProxy(Wire wire, CertificateFiles files, Socket agent, ProxyProcess proxy, string listenAddress)
    {
        (Wire, _files, _agent, Proxy, _listenAddress) = (wire, files, agent, proxy, listenAddress);
        _certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
    }

    public Wire Wire { get; }

    public ProxyProcess Proxy { get; }

    public int AgentPort => ((IPEndPoint)_agent.LocalEndPoint!).Port;

    /// <summary>The lines of the connections that have ended.</summary>
    public IReadOnlyList<Pairs> Ends => Pairs.In(Proxy.Lines, "outcome");

    /// <param name="wire">What is spoken.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="network">Where it runs.</param>
    /// <param name="isAgentFar">Whether the agent is on the far side, and the client near; or the other way round.</param>
    /// <param name="userTimeout">Of both sides.</param>
    public static async Task<WiredProxy> StartAsync(
        Wire wire, string engine, TwoNamespaces network, bool isAgentFar, TimeSpan userTimeout)
    {
        var files = await CertificateFiles.MakeAsync(WiredPair.Name);
        var agent = isAgentFar ? network.SocketFar() : network.SocketNear();
        agent.Bind(new IPEndPoint(isAgentFar ? IPAddress.Parse(TwoNamespaces.FarAddress) : IPAddress.Loopback, 0));
        agent.Listen(512);
        var listenAddress = isAgentFar ? "127.0.0.1" : TwoNamespaces.NearAddress;
        var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", agent.LocalEndPoint!.ToString()!))
        {
            UserTimeout = userTimeout,
            ListenAddress = listenAddress,
            LogsConnections = true,

            // The agent takes what comes for a client's connection, as soon as this machine lets it.
            Health = new Dictionary<string, string> { ["Probe"] = "Never" },
            ListenerTls = wire is Wire.PassedThrough ? """{ "Mode": "Passthrough" }""" : "{}",
            Terminating = wire is Wire.Terminated ? files.Terminating : null,
            Reencrypting = wire is Wire.Reencrypted
                ? new Dictionary<string, string>
                {
                    ["ServerName"] = WiredPair.Name,
                    ["CaPath"] = files.Certificate,
                    ["HandshakeTimeout"] = "00:01:00",
                }
                : null,
            Prefix = network.Near,
            Fetch = [.. network.Near, Requirement.Command("curl"), "-sf", "--max-time", "30"],
        });
        return new(wire, files, agent, proxy, listenAddress);
    }

    /// <summary>Connects a client, and takes what comes at the agent for it: one at a time.</summary>
    /// <param name="client">A socket of the namespace in which the client lives.</param>
    public async Task<WiredPair> ConnectAsync(Socket client)
    {
        await client.ConnectAsync(IPEndPoint.Parse(string.Create(CultureInfo.InvariantCulture, $"{_listenAddress}:{Proxy.Port}")));
        var atClient = WiredPair.AsClientAsync(client, Wire is Wire.PassedThrough or Wire.Terminated);
        var accepted = await _agent.AcceptAsync();
        var atAgent = await WiredPair.AsAgentAsync(accepted, Wire is Wire.PassedThrough or Wire.Reencrypted ? _certificate : null);
        return new(client, await atClient, atAgent);
    }

    /// <summary>Its open sockets, as the system lists them.</summary>
    public int Sockets => new DirectoryInfo($"/proc/{Proxy.Id}/fd").EnumerateFiles()
        .Count(file => file.LinkTarget is { } target && target.StartsWith("socket:", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _agent.Dispose();
        _certificate.Dispose();
        _files.Dispose();
    }
}
