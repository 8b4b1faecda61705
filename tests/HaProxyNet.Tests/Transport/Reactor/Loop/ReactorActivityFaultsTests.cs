using System.Net;
using System.Net.Sockets;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

/// <summary>
/// An event, a timer or a turn that throws may have been the last that its connection is told: the connection is asked to end.
/// </summary>
public sealed class ReactorActivityFaultsTests
{
    private readonly InternalFaults _faults = new();

    [Theory]
    [InlineData(nameof(FaultPlace.LaneEvent))]
    [InlineData(nameof(FaultPlace.LaneTimer))]
    [InlineData(nameof(FaultPlace.LaneWork))]
    public async Task ActivityThrows_ItsConnectionEnds(string place)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is for Linux.");
        var at = Enum.Parse<FaultPlace>(place);
        using var lane = new ReactorLane(0, TimeProvider.System, new ReactorLimits(NullLogger.Instance), new ReportedLaneFaults(_faults));
        lane.Start();
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        var activity = new ThrowingActivity();

        await lane.RunAsync(() =>
        {
            var socket = lane.Register((int)accepted.SafeHandle.DangerousGetHandle(), RawAddress.From((IPEndPoint)peer.LocalEndPoint!))!;
            socket.Connection = new BareConnection(lane, socket) { Activity = activity };
            switch (at)
            {
                case FaultPlace.LaneEvent:
                    socket.Owner = activity;
                    break;
                case FaultPlace.LaneTimer:
                    lane.StartTimer(activity, lane.Now);
                    break;
                default:
                    lane.ContinueLater(activity);
                    break;
            }
        });
        await peer.SendAsync(new byte[1], TestContext.Current.CancellationToken);

        Assert.Equal(
            ConnectionOutcome.InternalError,
            await activity.Ended.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal((1L, 1L), (_faults[at], FaultPlaces.All.Sum(p => _faults[p])));
    }

    private sealed class ThrowingActivity : IReadyTarget, IWheelTarget, ITurnTaker, ILaneActivity
    {
        private readonly TaskCompletionSource<ConnectionOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _hasThrown;

        public Task<ConnectionOutcome> Ended => _ended.Task;

        public void OnReady(ReactorSocket socket) => Throw();

        public void OnTimer() => Throw();

        public void Continue() => Throw();

        public void Abort(ConnectionOutcome outcome) => _ended.SetResult(outcome);

        private void Throw()
        {
            if (!_hasThrown)
            {
                _hasThrown = true;
                throw new InvalidTimeZoneException("injected");
            }
        }
    }

    private sealed class BareConnection(Lane lane, TransportSocket client) : LaneConnection(lane, client)
    {
        public override ILaneRace? Race { get; set; }

        public override ConnectAttempt? SteppedAside { get; set; }

        public override RelayEnd? DestinationEnd { get; set; }

        public override object? Order { get; set; }

        public override TimeSpan IdleTimeout => TimeSpan.Zero;

        public override SilenceLimits ClientSilence => SilenceLimits.From(TimeSpan.FromSeconds(90));

        public override SilenceLimits DestinationSilence => SilenceLimits.From(TimeSpan.FromSeconds(90));

        public override string ConnectionId { get; set; } = "";

        public override Microsoft.AspNetCore.Http.Features.IFeatureCollection Features => throw new NotSupportedException();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override System.IO.Pipelines.IDuplexPipe Transport { get; set; } = null!;
    }
}
