using System.Net;
using HaProxyNet.Listening;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Listening;

public sealed class ListeningSocketTests
{
    private readonly NotingEngine _engine = new();

    /// <summary>A reload and the guard may both find that it is to accept; two accept loops would take each other's connections.</summary>
    [Fact]
    public void Start_Twice_OneAcceptLoop()
    {
        var socket = Socket();
        Assert.True(socket.TryBind());

        socket.Start();
        socket.Start();

        Assert.Equal(["start"], _engine.Calls);
    }

    [Fact]
    public void Start_BeforeTheAddressIsThere_AcceptsOnceItIs()
    {
        var socket = Socket();

        socket.Start();
        Assert.Empty(_engine.Calls);
        Assert.True(socket.TryBindLate());

        Assert.Equal(["start"], _engine.Calls);
    }

    /// <summary>An upgrade that fails while a listener still waits for names must not make it accept.</summary>
    [Fact]
    public async Task HoldAndGoOn_BeforeTheStart_BeginNothing()
    {
        var socket = Socket();
        Assert.True(socket.TryBind());

        await socket.HoldAsync();
        socket.Start();
        await socket.GoOnAsync();

        Assert.Equal(["start"], _engine.Calls);
    }

    [Fact]
    public async Task HoldAndGoOn_WhileItAccepts_HoldItOnce()
    {
        var socket = Socket();
        Assert.True(socket.TryBind());
        socket.Start();

        await socket.HoldAsync();
        await socket.GoOnAsync();
        await socket.GoOnAsync();

        Assert.Equal(["start", "hold", "go on"], _engine.Calls);
    }

    /// <summary>A paused socket does not listen: an accept loop would end there.</summary>
    [Fact]
    public async Task Start_WhileItRefusesClients_AcceptsWhenItListensAgain()
    {
        var socket = Socket();
        Assert.True(socket.TryBind());

        await socket.PauseAsync();
        socket.Start();
        Assert.True(await socket.TryResumeAsync());
        socket.Start();

        Assert.Equal(["pause", "resume"], _engine.Calls);
    }

    private ListeningSocket Socket()
        => new(new AcceptingPlace("vip", new IPEndPoint(IPAddress.Loopback, 5050), life: null!) { FirstSilence = default! }, _engine);

    private sealed class NotingEngine : TransportEngine
    {
        public List<string> Calls { get; } = [];

        public override string Name => "none";

        public override IReadOnlyList<Lane> Lanes => [];

        public override EngineListener Bind(IPEndPoint address, IConnectionSink sink) => new NotingListener(address, Calls);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class NotingListener(IPEndPoint address, List<string> calls) : EngineListener
    {
        public override IPEndPoint BoundAddress => address;

        public override void Start() => calls.Add("start");

        public override ValueTask StopAcceptingAsync() => ValueTask.CompletedTask;

        public override ValueTask PauseAsync() => Note("pause");

        public override ValueTask ResumeAsync() => Note("resume");

        public override ValueTask HoldAsync() => Note("hold");

        public override ValueTask GoOnAsync() => Note("go on");

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private ValueTask Note(string call)
        {
            calls.Add(call);
            return ValueTask.CompletedTask;
        }
    }
}
