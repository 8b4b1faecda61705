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
    ServingGate gate,
    ProxyReadiness readiness,
    HttpFront front,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Handover> logger) : IUpgrade
{
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
            successor = Successor.Start(binary, HandoverTalk.LongestStart);
            var (taken, kept, pause) = await TalkAsync(successor);
            var words = $"process {successor.Id} serves: {taken} open connections went with it, {kept} stay with "
                + $"process {Environment.ProcessId} until they end"
                + $" (UpgradeTimeout: {configuration.Now.UpgradeTimeout.TotalSeconds:0} s); "
                + string.Create(CultureInfo.InvariantCulture, $"busy ones stood still for {pause.TotalMilliseconds:0.0} ms");
            LogSucceeded(
                successor.Id, taken, kept, time.GetElapsedTime(began).TotalMilliseconds, Math.Round(pause.TotalMilliseconds, 3));

            // A reload that was asked for meanwhile is not for this process any more.
            await reloader.EndAsync(successor.Id);
            turn.Dispose();
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
        _ when !gate.WhenOpen.IsCompleted => "this process has not taken over yet; try again",
        _ when readiness.IsDraining => "the proxy is ending; start a new one",
        _ when !OperatingSystem.IsLinux() => "an upgrade needs Linux; restart the proxy in its place",
        _ => null,
    };

    /// <summary>The whole talk, up to the word that it serves; then what two processes cannot have is let go.</summary>
    private async Task<(int Taken, int Kept, TimeSpan Pause)> TalkAsync(Successor successor)
    {
        var sockets =
            listeners.All.Select(listener => listener.Socket).OfType<ListeningSocket>().Where(socket => socket.Descriptor >= 0).ToList();
        var talk = new HandoverTalk(successor, new HeldConnections(engine), memory, sockets, time);
        await talk.OfferAsync(
            [
                .. sockets.Select(socket => new InheritedSocket(socket.Descriptor, socket.IsShared)),
                .. succession.Handed().Select(descriptor => new InheritedSocket(descriptor, IsShared: false)),
            ]);
        await report.TellMetricsAsync(successor.Socket);
        await talk.PrepareAsync();
        var (taken, pause) = await talk.HandOverAsync();
        Successor = successor;
        await LetGoAsync(successor, sockets);
        return (taken, OpenConnections, pause);
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
            await rest.FollowAsync();
        }
        while ((OpenConnections > 0 || predecessors.IsListening)
            && time.GetElapsedTime(began) < configuration.Now.UpgradeTimeout
            && successor.Failure is null
            && !lifetime.ApplicationStopping.IsCancellationRequested);

        if (successor.Failure is { } failure)
        {
            // What has started this process starts another one as soon as this one ends.
            LogSuccessorFailed(successor.Id, failure, configuration.Now.ShutdownTimeout.TotalSeconds);
            lifetime.StopApplication();
        }

        // An end in order has a time of its own for them.
        var isEnding = lifetime.ApplicationStopping.IsCancellationRequested;
        var cut = isEnding ? 0 : await ResetAsync();
        for (var looks = 0; OpenConnections > 0 && (isEnding ? !lifetime.ApplicationStopped.IsCancellationRequested : looks < 50); looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await rest.TellAsync();
        LogEnded(cut);
        successor.Socket.Dispose();
        lifetime.StopApplication();
    }

    private async Task<int> ResetAsync()
    {
        var open = OpenConnections;
        foreach (var connection in await engine.ConnectionsAsync())
        {
            connection.Lane.RequestAbort(connection, ConnectionOutcome.DrainDeadline);
        }

        return open;
    }

    private int OpenConnections => listeners.Known.Sum(listener => listener.Open);

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

    [LoggerMessage(EventIds.SuccessorFailed, LogLevel.Error,
        "Process {Process}, which had taken over from this one, has failed (exit code {ExitCode}). The last connections here have "
            + "{Seconds} s to end (ShutdownTimeout), then this process ends, too.")]
    private partial void LogSuccessorFailed(int process, int exitCode, double seconds);
}
