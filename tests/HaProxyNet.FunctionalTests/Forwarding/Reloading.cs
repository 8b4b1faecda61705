using System.Net;
using System.Net.Sockets;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>
/// A reload changes a listener that speaks HTTP while its requests run: what is under way goes on, and an open connection ends with its
/// next answer, which says so.
/// </summary>
public sealed class Reloading : HttpScenario
{
    public Reloading() => Truth.DestinationsMayChange = true;

    [Theory, ClassData<TlsStacks>]
    public async Task SettingsChange_RequestUnderWayEndsWithItsAnswer_NewOnesHaveThem(TlsStack stack)
    {
        await StartAsync(stack);
        var held = await SendAsync(Get("/held"));
        var quiet = await SendAsync(Get("/who"));
        Assert.DoesNotContain("Connection: close", await AnswerAsync(quiet), StringComparison.Ordinal);

        await ReloadAsync(listener => listener["Http:AffinityCookie"] = "member");
        Members[0].Release();

        await IsLastAsync(held, "one");
        await quiet.SendAsync(Get("/who"));
        await IsLastAsync(quiet, "one");
        using var answer = await NewClient().GetAsync(new Uri("/who", UriKind.Relative));
        Assert.StartsWith("member=", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal(["/held", "/who", "/who", "/who"], Members[0].Requests);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task NothingOrAnotherListenerChanges_OpenConnectionsGoOn(TlsStack stack)
    {
        await StartAsync(stack);
        var client = await SendAsync(Get("/who"));
        Assert.DoesNotContain("Connection: close", await AnswerAsync(client), StringComparison.Ordinal);
        var plan = Proxy.Listener.Plan;

        await ReloadAsync(_ => { });
        await client.SendAsync(Get("/who"));
        Assert.DoesNotContain("Connection: close", await AnswerAsync(client), StringComparison.Ordinal);

        Proxy.Reload(Addresses, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ShutdownTimeout"] = "00:00:07",
            ["Listeners:other:Endpoint"] = "127.0.0.1:0",
            ["Listeners:other:Cluster"] = "other",
            ["Clusters:other:Destinations:0:Name"] = "one",
            ["Clusters:other:Destinations:0:Address"] = Members[0].Address.ToString(),
        });
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 2, "the reload is done");
        await client.SendAsync(Get("/who"));
        Assert.DoesNotContain("Connection: close", await AnswerAsync(client), StringComparison.Ordinal);
        Assert.Same(plan, Proxy.Listener.Plan);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ListenerMoves_WebSocketGoesOn_OldConnectionsAreServedOnceMore(TlsStack stack)
    {
        await StartAsync(stack);
        using var socket = await WebSocketPeer.OpenAsync(NewClient());
        await socket.EchoesAsync("before");
        var quiet = await SendAsync(Get("/who"));
        await AnswerAsync(quiet);
        var before = Proxy.Address;

        // The port belongs to nobody else as long as the test's clients connect from other ones.
        using var reservation = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reservation.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await ReloadAsync(listener => listener["Endpoint"] = reservation.LocalEndPoint!.ToString()!);

        await Assert.ThrowsAsync<SocketException>(() => Proxy.ConnectAsync(to: before));
        await socket.EchoesAsync("after");
        await quiet.SendAsync(Get("/who"));
        await IsLastAsync(quiet, "one");
        using var late = await TlsPeer.ClientAsync(await Proxy.ConnectAsync(to: Proxy.Listener.BoundAddress));
        await late.SendAsync(Get("/who"));
        Assert.DoesNotContain("Connection: close", await AnswerAsync(late), StringComparison.Ordinal);
        await socket.CloseAsync();
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ListenerBecomesTcpAndHttpAgain_RequestsUnderWayAreNotTouched(TlsStack stack)
    {
        await StartAsync(stack);
        var held = await SendAsync(Get("/held"));

        await ReloadAsync(listener => listener["Protocol"] = "Tcp");
        var tcp = await SendAsync(Get("/headers"));
        Assert.DoesNotContain("X-Forwarded-For", await AnswerAsync(tcp), StringComparison.Ordinal);
        await ReloadAsync(listener => listener["Protocol"] = "Http", count: 2);
        var http = await SendAsync(Get("/headers"));
        Assert.Contains("X-Forwarded-For", await AnswerAsync(http), StringComparison.Ordinal);
        await tcp.SendAsync(Get("/headers"));
        Assert.DoesNotContain("X-Forwarded-For", await AnswerAsync(tcp), StringComparison.Ordinal);

        Members[0].Release();
        await IsLastAsync(held, "one");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task MemberIsTakenOutOfTheFile_ItsRequestEnds_TheNextOneGoesElsewhere(TlsStack stack)
    {
        await StartAsync(stack);
        var held = await SendAsync(Get("/held"));

        Proxy.Reload(Addresses.Skip(1), setup => setup with { Cluster = Nothing() });
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 1, "the reload is done");
        Members[0].Release();

        Assert.Contains("\r\none", await AnswerAsync(held), StringComparison.Ordinal);
        await held.SendAsync(Get("/who"));
        Assert.Contains("\r\ntwo", await AnswerAsync(held), StringComparison.Ordinal);
        Assert.Equal("two", await AskAsync(NewClient()));
    }

    /// <summary>The answer is a member's, says that it is the last one, and the connection ends in order behind it.</summary>
    private static async Task IsLastAsync(TlsPeer client, string member)
    {
        var answer = await AnswerAsync(client);
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\n{member}", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        await client.ExpectFinAsync();
    }

    private async Task ReloadAsync(Action<Dictionary<string, string>> change, int count = 1)
    {
        Proxy.Reload(Addresses, setup =>
        {
            var listener = new Dictionary<string, string>(setup.Listener, StringComparer.Ordinal);
            change(listener);
            return setup with { Listener = listener };
        });
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == count, "the reload is done");
    }
}
