using System.Globalization;
using System.Net.Sockets;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Forwarding.Fixture;

/// <summary>A scenario with a listener that speaks HTTP, in front of real servers. TLS ends at the listener.</summary>
public abstract class HttpScenario : TlsScenario, IAsyncDisposable
{
    private readonly List<HttpMember> _members = [];
    private readonly List<HttpClient> _clients = [];

    private protected IReadOnlyList<HttpMember> Members => _members;

    /// <summary>What a scenario's proxy has other than the rest.</summary>
    private protected Func<ProxySetup, ProxySetup> Change { get; set; } = setup => setup;

    private protected IEnumerable<(string Name, string Address)> Addresses
        => _members.Select(member => (member.Name, member.Address.ToString()));

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _clients.ForEach(client => client.Dispose());
        try
        {
            await DisposeAsync();
        }
        finally
        {
            foreach (var member in _members)
            {
                await member.DisposeAsync();
            }
        }
    }

    /// <summary>Starts two members and a proxy in front of them.</summary>
    private protected async Task StartAsync(TlsStack stack, string policy = "PrimaryPreferred", params (string Key, string Value)[] more)
    {
        _members.Add(await HttpMember.StartedAsync("one"));
        _members.Add(await HttpMember.StartedAsync("two"));
        Truth.ClientsSpeakHttp = true;
        var setup = new ProxySetup
        {
            DownInterval = TimeSpan.FromMilliseconds(50),
            TlsEngine = stack is TlsStack.ReactorOpenSsl ? Configuration.TlsEngineKind.OpenSsl : Configuration.TlsEngineKind.SslStream,
            Listener = Terminating([("Protocol", "Http"), .. more]),
            Cluster = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Policy"] = policy,
                ["Health:HoldDown"] = "00:00:00",
                ["Destinations:0:Priority"] = "0",
                ["Destinations:1:Priority"] = policy is "PrimaryPreferred" ? "1" : "0",
            },
        };
        await StartAtAsync(
            stack is TlsStack.Managed ? Configuration.EngineKind.Managed : Configuration.EngineKind.Reactor,
            Change(setup),
            Addresses);
    }

    /// <summary>A client with connections of its own, without cookies unless it is given some.</summary>
    private protected HttpClient NewClient(System.Net.CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = cookies is not null,
            SslOptions = TestCertificates.ClientOptions(),
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(Proxy.Address, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        if (cookies is not null)
        {
            handler.CookieContainer = cookies;
        }

        var client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"https://{TestCertificates.FrontName}"),
            Timeout = Eventually.Bound,
        };
        _clients.Add(client);
        return client;
    }

    /// <summary>Which member answers a request.</summary>
    private protected static Task<string> AskAsync(HttpClient client) => client.GetStringAsync(new Uri("/who", UriKind.Relative));

    /// <summary>A client's request on a connection of its own, as it stands; the first member has it when this returns.</summary>
    private protected async Task<TlsPeer> SendAsync(string request)
    {
        var before = Members[0].Requests.Count;
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(request);
        await Eventually.TrueAsync(() => Members[0].Requests.Count > before, "the request has come");
        return client;
    }

    /// <summary>A request for a path that leaves the connection open.</summary>
    private protected static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: {TestCertificates.FrontName}\r\n\r\n";

    /// <summary>One whole answer, as it stands: its body has a length, or comes in chunks.</summary>
    private protected static async Task<string> AnswerAsync(TestPeer client)
    {
        var head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head += await client.ReadAsync(1);
        }

        if (head.Split("Content-Length: ") is [_, var length])
        {
            return head + await client.ReadAsync(int.Parse(length.Split('\r')[0], CultureInfo.InvariantCulture));
        }

        var body = "";
        while (!body.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            body += await client.ReadAsync(1);
        }

        return head + body;
    }

    private protected Task IsUpAsync(string member, bool isUp) => Eventually.TrueAsync(
        () => Proxy.IsUp(member) == isUp, $"{member} is {(isUp ? "up" : "down")}");
}
