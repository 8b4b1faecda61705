using System.Globalization;
using HaProxyNet.Connections;
using HaProxyNet.Forwarding;
using HaProxyNet.Listening;
using HaProxyNet.Management;
using HaProxyNet.Management.Control;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Reloading;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Reactor.Listening;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Upgrading;

/// <summary>
/// Gives everything to a new process: listening sockets with their backlog, open connections, and what is known of the destinations. Up to
/// the new process's word that it serves, everything is still this one's: whatever fails, it goes on with all that it had. Any thread; one
/// at a time.
/// </summary>
internal sealed partial class Handover(
    ListenerDirectory listeners,
    TransportEngine engine,
    ClusterMemory memory,
    DrainReport report,
    PredecessorReports predecessors,
    ConfigurationReloader reloader,
    ConfigurationInForce configuration,
    Succession succession,
    ProxyReadiness readiness,
    HttpFront front,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Handover> logger) : IUpgrade
{
    /// <summary>How long the new process may be silent, from its first sign of life on.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take until it could serve. Commands wait 30 s for their answer.</summary>
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(25);

    /// <summary>How long a client of HTTP may be silent between two requests here. Nothing waits for it.</summary>
    private static readonly TimeSpan _quietHttp = TimeSpan.FromSeconds(10);

    private int _isBusy;

    /// <summary>The process that has taken over; null: none has.</summary>
    public Successor? Successor { get; private set; }

    /// <inheritdoc/>
    public async Task<(bool HasSucceeded, string Words)> RunAsync(string? binary)
    {
        if (Obstacle() is { } obstacle)
        {
            return (false, obstacle);
        }

        if (Interlocked.Exchange(ref _isBusy, 1) == 1)
        {
            return (false, "an upgrade is under way; wait for it");
        }

        var turn = await reloader.HoldAsync();
        var began = time.GetTimestamp();
        Successor? successor = null;
        try
        {
            successor = Successor.Start(binary, _longestStart);
            var (taken, kept, pause) = await TalkAsync(successor);
            var words = $"process {successor.Id} serves: {taken} open connections went with it, {kept} stay with "
                + $"process {Environment.ProcessId} until they end"
                + $" (UpgradeTimeout: {configuration.Now.UpgradeTimeout.TotalSeconds:0} s); "
                + string.Create(CultureInfo.InvariantCulture, $"busy ones stood still for {pause.TotalMilliseconds:0.0} ms");
            LogSucceeded(
                successor.Id, taken, kept, time.GetElapsedTime(began).TotalMilliseconds, Math.Round(pause.TotalMilliseconds, 3));
            _ = DrainAsync(successor);
            return (true, words);
        }
        catch (HandoverException fault)
        {
            var end = successor is null ? "" : $"; {successor.End()}";
            successor?.Dispose();
            turn.Dispose();
            Volatile.Write(ref _isBusy, 0);
            LogFailed(fault.Message + end);
            return (false, $"nothing has changed: {fault.Message}{end}");
        }
    }

    private string? Obstacle() => true switch
    {
        _ when succession.HasHappened => "this process has handed over already, and only ends what it still has",
        _ when readiness.IsDraining => "the proxy is ending; start a new one",
        _ when !engine.Lanes.All(lane => lane is IHandoverLane)
            => $"the engine {engine.Name} cannot hand over; restart the proxy in its place",
        _ => null,
    };

    /// <summary>The whole talk, up to the word that it serves; then what two processes cannot have is let go.</summary>
    private async Task<(int Taken, int Kept, TimeSpan Pause)> TalkAsync(Successor successor)
    {
        var sockets =
            listeners.All.Select(listener => listener.Socket).OfType<ListeningSocket>().Where(socket => socket.Descriptor >= 0).ToList();
        await OfferAsync(
            successor.Socket,
            [
                .. sockets.Select(socket => new InheritedSocket(socket.Descriptor, socket.IsShared)),
                .. succession.Handed().Select(descriptor => new InheritedSocket(descriptor, IsShared: false)),
            ]);
        await report.TellMetricsAsync(successor.Socket);

        var held = new HeldConnections(engine);
        var hasServed = false;
        try
        {
            await Task.WhenAll(sockets.Select(socket => socket.HoldAsync().AsTask()));

            // Those that are quiet do not notice; the others stand still for as short a time as possible, and so they come last.
            await held.SendAsync(successor.Socket, time.GetTimestamp() - (time.TimestampFrequency / 2));
            successor.Socket.Send(HandoverKind.State, memory.Save());
            var stopped = time.GetTimestamp();
            await held.SendAsync(successor.Socket, long.MaxValue);
            var refused = await CommitAsync(successor, () => hasServed = true);
            var pause = time.GetElapsedTime(stopped);
            Successor = successor;
            var taken = await held.LeaveAsync(refused);
            await LetGoAsync(successor, sockets);
            return (taken, OpenConnections, pause);
        }
        catch (Exception fault) when (fault is HandoverException || !hasServed)
        {
            // It must not do anything any more before this process does.
            successor.End();
            await held.GoOnAsync(cut: hasServed);
            await Task.WhenAll(sockets.Select(socket => socket.GoOnAsync().AsTask()));
            throw;
        }
    }

    private static async Task OfferAsync(HandoverSocket socket, IReadOnlyList<InheritedSocket> sockets)
    {
        InheritedSocket[][] some = [.. sockets.Chunk(DescriptorPassing.MostDescriptors)];
        foreach (var (offered, index) in some.DefaultIfEmpty([]).Select((offered, index) => (offered, index)))
        {
            byte[] payload = [index >= some.Length - 1 ? (byte)1 : (byte)0, .. offered.Select(one => one.IsShared ? (byte)1 : (byte)0)];
            socket.Send(HandoverKind.Offer, payload, [.. offered.Select(one => one.Descriptor)]);
        }

        using var limit = new CancellationTokenSource(_longestStart);
        while (await ReceiveAsync(socket) is var message)
        {
            switch (message?.Kind)
            {
                case HandoverKind.Ready:
                    socket.Expect(_patience);
                    return;
                case HandoverKind.Alive when !limit.IsCancellationRequested:
                    socket.Expect(_patience);
                    break;
                case HandoverKind.Alive:
                    throw new HandoverException($"the new process was not ready within {_longestStart.TotalSeconds:0} s");
                case null:
                    throw new HandoverException("the new process ended before it could serve; its own lines say why");
                default:
                    throw new HandoverException($"the new process said {message.Kind} where Ready was due");
            }
        }
    }

    /// <summary>Asks it to take over what it was sent, and returns the places of those that it could not take.</summary>
    private static async Task<IReadOnlySet<int>> CommitAsync(Successor successor, Action onServing)
    {
        successor.Socket.Send(HandoverKind.Commit);
        if (await ReceiveAsync(successor.Socket) is not { Kind: HandoverKind.Serving } answer)
        {
            throw new HandoverException("the new process ended before it served");
        }

        onServing();
        return HandoverNumbers.Read(answer.Payload);
    }

    private async Task LetGoAsync(Successor successor, List<ListeningSocket> sockets)
    {
        await Task.WhenAll([succession.HappenAsync(successor.Id), .. sockets.Select(socket => socket.LeaveAsync())]);
        report.Begin();
        try
        {
            // Before its admin endpoint answers: nobody is to see it without what is left here.
            await report.TellAsync(successor.Socket);
            successor.Socket.Send(HandoverKind.Released);
        }
        catch (HandoverException)
        {
            // It serves, or its service manager starts another one: this process has nothing left to serve with.
        }
    }

    /// <summary>
    /// The last connections: those that were being connected follow as soon as they are; those with TLS of this process end here, and
    /// those of HTTP with the answer to their request. A process before this one that still has some is waited for: what it says reaches
    /// the new process by this one alone.
    /// </summary>
    private async Task DrainAsync(Successor successor)
    {
        _ = front.DrainAsync(_quietHttp, lifetime.ApplicationStopping);
        var rest = new HandoverRest(engine, successor, report);
        var began = time.GetTimestamp();
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            await rest.FollowAsync(CommitAsync);
        }
        while ((OpenConnections > 0 || predecessors.IsListening)
            && time.GetElapsedTime(began) < configuration.Now.UpgradeTimeout
            && !lifetime.ApplicationStopping.IsCancellationRequested);

        var cut = OpenConnections;
        foreach (var connection in await engine.ConnectionsAsync())
        {
            connection.Lane.RequestAbort(connection, ConnectionOutcome.DrainDeadline);
        }

        for (var looks = 0; OpenConnections > 0 && looks < 50; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await rest.TellAsync();
        LogEnded(cut);
        successor.Socket.Dispose();
        lifetime.StopApplication();
    }

    private int OpenConnections => listeners.Known.Sum(listener => listener.Open);

    /// <summary>The talk waits for the other process: that takes a thread, and none of the pool's.</summary>
    private static Task<HandoverMessage?> ReceiveAsync(HandoverSocket socket)
        => Task.Factory.StartNew(socket.Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LoggerMessage(EventIds.HandedOver, LogLevel.Information,
        "Upgrade: process {Process} serves from now on. {Taken} open connections went with it, {Kept} end here. It took "
            + "{Milliseconds} ms, during which busy connections stood still for {Pause} ms.")]
    private partial void LogSucceeded(int process, int taken, int kept, double milliseconds, double pause);

    [LoggerMessage(EventIds.HandoverFailed, LogLevel.Error,
        "The upgrade has failed, and nothing has changed: {Reason}. This process serves on.")]
    private partial void LogFailed(string reason);

    [LoggerMessage(EventIds.HandoverEnded, LogLevel.Information,
        "Upgrade: the last connections of this process have ended; {Cut} were reset at UpgradeTimeout.")]
    private partial void LogEnded(int cut);
}
