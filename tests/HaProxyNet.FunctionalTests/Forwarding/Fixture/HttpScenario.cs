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
            setup,
            _members.Select(member => (member.Name, member.Address.ToString())));
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

    private protected Task IsUpAsync(string member, bool isUp) => Eventually.TrueAsync(
        () => Proxy.IsUp(member) == isUp, $"{member} is {(isUp ? "up" : "down")}");
}
