using System.Net.Sockets;
using System.Text;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management.Control;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary>The control socket: who gets it, and what it does with nonsense.</summary>
public sealed class ControlSocket : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Socket_IsTheOwnersAlone(EngineKind engine)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a pipe has no mode");
        await StartAsync(engine, Setup, _primary);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(SocketPath));
        await Proxy.StopAsync();
        Assert.False(File.Exists(SocketPath));
    }

    [Theory, ClassData<Engines>]
    public async Task Socket_OfADeadProcess_IsReplaced(EngineKind engine)
    {
        LeaveBehind(SocketPath);
        Assert.True(File.Exists(SocketPath));

        await StartAsync(engine, Setup, _primary);

        (await RunAsync("status")).Expect("primary");
    }

    [Theory, ClassData<Engines>]
    public async Task Socket_OfALivingProxy_StaysItsOwn(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary);
        await using (var other = await TestProxy.StartAsync(engine, Setup, AddressesOf(_secondary)))
        {
            var fault = Assert.Single(other.Log.Events(EventIds.ControlUnavailable)).Text;
            Assert.Contains("another proxy has it; give each of them a ControlSocket of its own", fault, StringComparison.Ordinal);
        }

        (await RunAsync("status")).Expect("primary");
    }

    [Theory, ClassData<Engines>]
    public async Task Socket_FileInItsPlace_IsNotTouched(EngineKind engine)
    {
        await File.WriteAllTextAsync(SocketPath, "precious");

        await StartAsync(engine, Setup, _primary);

        Assert.Equal("precious", await File.ReadAllTextAsync(SocketPath));
        Assert.Single(Proxy.Log.Events(EventIds.ControlUnavailable));
        (await RunAsync("status")).ExpectFault("no proxy answers at");
        Assert.Equal(Scripts.Request, await EchoCallAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task NoProxy_OneLine(EngineKind engine)
    {
        await StartAsync(engine, _primary);

        (await RunAsync("status")).ExpectFault("there is none");
        LeaveBehind(SocketPath);
        (await RunAsync("drain", "agents/primary")).ExpectFault("nobody listens there");
    }

    /// <summary>Scripts that hang: they have connected, and have sent no whole line.</summary>
    [Theory, ClassData<Engines>]
    public async Task FourHundredHalfLines_CommandsAreAnswered(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary);
        var hanging = new List<Socket>();
        try
        {
            for (var i = 0; i < 400; i++)
            {
                var one = await OpenAsync();
                hanging.Add(one);
                await one.SendAsync("{ \"command\": "u8.ToArray());
                if (i % 40 == 0)
                {
                    (await RunAsync("status")).Expect("primary");
                }
            }

            (await RunAsync("drain", "agents/primary")).Expect("primary");
            (await RunAsync("enable", "agents/primary")).Expect("primary");
        }
        finally
        {
            hanging.ForEach(one => one.Dispose());
        }
    }

    [Theory, ClassData<Engines>]
    public async Task Malformed_IsAnsweredLoggedAndSurvived(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary);
        string[] nonsense =
        [
            "hello", "{", "null", "[]", "7", "{}", """{"command":null}""", """{"command":7}""", """{"command":"status","surprise":1}""",
            "\0\u0001\u0002",
            """{"command":"drain"}""", """{"command":"drain","cluster":"agents"}""", """{"command":"reboot"}""",
            """{"command":"explain","listener":"front","client":"\u0000"}""",
        ];
        foreach (var text in nonsense)
        {
            Assert.StartsWith("""{"error":""", await SayAsync(Encoding.UTF8.GetBytes(text + "\n")));
        }

        Assert.Contains("malformed", await SayAsync(new byte[] { 0xff, 0xfe, (byte)'\n' }), StringComparison.Ordinal);
        Assert.Equal("", await SayAsync(new[] { (byte)'\n' }));
        Assert.Equal(11, Proxy.Log.Events(EventIds.ControlRefused).Count);
        Assert.Empty(Proxy.Log.Events(EventIds.ControlFault));
        (await RunAsync("status")).Expect("primary");
    }

    [Theory, ClassData<Engines>]
    public async Task TooLarge_IsAnsweredAndLoggedOnce(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary);

        var exact = Encoding.UTF8.GetBytes("""{"command":"status"}""".PadRight(ControlConversation.LongestRequest - 1) + "\n");
        Assert.Contains("primary", await SayAsync(exact), StringComparison.Ordinal);
        Assert.Contains("more than 65536 bytes", await SayAsync(new byte[ControlConversation.LongestRequest]), StringComparison.Ordinal);
        await SayAsync(new byte[10_000_000]);

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ControlRefused).Count == 2, "each is one event");
        (await RunAsync("status")).Expect("primary");
    }

    [Theory, ClassData<Engines>]
    public async Task SilentPeer_IsNotWaitedFor(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        await StartAsync(engine, Setup.WithoutIdleProbes() with { Time = time }, _primary);
        using var silent = await OpenAsync();
        await silent.SendAsync("{"u8.ToArray());
        var answer = AnswerAsync(silent);

        await Eventually.TrueAsync(
            () =>
            {
                // Once it is refused, time stands still: the answer has a deadline as well.
                if (!Proxy.Log.Events(EventIds.ControlRefused).Any())
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                }

                return answer.IsCompleted;
            },
            "it is told");

        Assert.Contains("no whole request within 5 s", await answer, StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task TwoAtOnce_EachIsDoneWholeAndTheFileIsTheLastOnes(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Setup, _primary, _secondary);

        var runs = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => RunAsync(i % 2 == 0 ? "drain" : "enable", "agents/primary"))));

        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        var isDrained = Proxy.Cluster.Find("primary")!.Status is Vocabulary.DestinationStatus.Draining;
        Assert.Equal(isDrained, (await File.ReadAllTextAsync(StatePath)).Contains("primary", StringComparison.Ordinal));
        Assert.Equal(isDrained ? "secondary" : "primary", Proxy.Active);
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    /// <summary>What a killed process leaves: a socket that is bound, and nobody behind it.</summary>
    private static void LeaveBehind(string path)
    {
        var aside = path + "-";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(aside));
            socket.Listen();
            File.Move(aside, path);
        }
    }
}
