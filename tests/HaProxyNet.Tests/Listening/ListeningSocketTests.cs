using System.Net;
using HaProxyNet.Listening;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Listening;

public sealed class ListeningSocketTests
{
    private readonly CountedEngine _engine = new();

    /// <summary>A reload and the guard may both find that it is to accept; two accept loops would take each other's connections.</summary>
    [Fact]
    public void Start_Twice_OneAcceptLoop()
    {
        var socket = Socket();
        Assert.True(socket.TryBind());

        socket.Start();
        socket.Start();

        Assert.Equal(1, _engine.Starts);
    }

    [Fact]
    public void Start_BeforeTheAddressIsThere_AcceptsOnceItIs()
    {
        var socket = Socket();

        socket.Start();
        Assert.Equal(0, _engine.Starts);
        Assert.True(socket.TryBindLate());

        Assert.Equal(1, _engine.Starts);
    }

    private ListeningSocket Socket()
        => new(new AcceptingPlace("vip", new IPEndPoint(IPAddress.Loopback, 5050), life: null!) { FirstSilence = default! }, _engine);

    private sealed class CountedEngine : TransportEngine
    {
        public int Starts { get; private set; }

        public override string Name => "none";

        public override IReadOnlyList<Lane> Lanes => [];

        public override EngineListener Bind(IPEndPoint address, IConnectionSink sink) => new CountedListener(address, () => Starts++);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class CountedListener(IPEndPoint address, Action started) : EngineListener
    {
        public override IPEndPoint BoundAddress => address;

        public override void Start() => started();

        public override ValueTask StopAcceptingAsync() => ValueTask.CompletedTask;

        public override ValueTask PauseAsync() => ValueTask.CompletedTask;

        public override ValueTask ResumeAsync() => ValueTask.CompletedTask;

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
