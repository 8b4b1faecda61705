using System.Text.Json;
using HaProxyNet.Connections;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Telemetry.Inherited;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Upgrading;

/// <summary>
/// Takes over from the process before, when everything here has started: what it sends is kept until it says that it is ours. Before that
/// this process moves no byte and accepts nothing, so that the one before can go on if this one fails.
/// </summary>
internal sealed partial class Takeover(
    Predecessor predecessor, AdoptedConnections connections, ClusterMemory memory, InheritedCounters counters,
    PredecessorReports reports,
    IHostApplicationLifetime lifetime,
    ILogger<Takeover> logger) : IHostedLifecycleService
{
    /// <summary>The process before has not handed over: this one must not serve.</summary>
    public bool HasFailed { get; private set; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = Task.Factory.StartNew(Talk, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Talk()
    {
        var hasTakenOver = false;
        try
        {
            predecessor.IsReady();
            while (predecessor.Socket.Receive() is { } message)
            {
                hasTakenOver |= Obey(message);
            }

            if (!hasTakenOver)
            {
                throw new HandoverException("it has ended the talk");
            }
        }
        catch (HandoverException fault)
        {
            if (hasTakenOver)
            {
                LogLost(predecessor.Id, fault.Message);
            }
            else
            {
                Abandon(fault.Message);
            }
        }
#pragma warning disable CA1031 // The boundary of this thread: before the hand-over the process before goes on; after it this one serves.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (hasTakenOver)
            {
                LogLost(predecessor.Id, fault.Message);
            }
            else
            {
                Abandon(fault.Message);
            }
        }

        // Whatever became of it, its places are free by now, or will be soon.
        reports.End();
        predecessor.Gate.Free();
    }

    /// <summary>Does what a message asks; true when it has made the connections ours.</summary>
    private bool Obey(HandoverMessage message)
    {
        switch (message.Kind)
        {
            case HandoverKind.State:
                // At once, and not with the word to take over: then busy connections stand still.
                memory.Restore(message.Payload);
                return false;
            case HandoverKind.Relays:
                connections.Add(RelayCodec.Decode(message));
                return false;
            case HandoverKind.Prepare:
#pragma warning disable VSTHRD002 // The talk has a thread of its own, and lanes have theirs.
                connections.PrepareAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
                predecessor.Socket.Send(HandoverKind.Prepared, HandoverNumbers.Write(connections.TakeRefused()));
                return false;
            case HandoverKind.Changed:
                connections.Change(ChangeCodec.Decode(message));
                return false;
            case HandoverKind.Metrics:
                counters.Set(message.Payload);
                return false;
            case HandoverKind.Report:
                reports.Set(Read(message.Payload));
                return false;
            case HandoverKind.Released:
                // From here on it may hang as long as it likes: this process needs nothing more of it.
                predecessor.Socket.Expect(Timeout.InfiniteTimeSpan);
                predecessor.Gate.Free();
                return false;
            case HandoverKind.Commit:
                TakeOver(CommitTerms.Read(message.Payload));
                return true;
            default:
                throw new HandoverException($"it said {message.Kind}, which is not its word");
        }
    }

    private void TakeOver(CommitTerms terms)
    {
        // The word that this process serves comes before the first byte that it moves: without the word, the process before knows that none
        // was moved.
        connections.Forget(terms.Ended);
        ProxyConnection.CountOnFrom(terms.HighestNumber);
        var refused = connections.TakeRefused();
        predecessor.Socket.Send(HandoverKind.Serving, HandoverNumbers.Write(refused));
        reports.Begin();
        var taken = connections.Begin();
        predecessor.Gate.Open();
        LogTakenOver(predecessor.Id, taken, connections.RefusedInAll);
    }

    private static IReadOnlyList<PredecessorReport> Read(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, PredecessorJson.Default.IReadOnlyListPredecessorReport) ?? [];
        }
        catch (JsonException fault)
        {
            throw new HandoverException($"what it says of its connections cannot be read ({fault.Message.TrimEnd('.')})");
        }
    }

    private void Abandon(string reason)
    {
        HasFailed = true;
        LogAbandoned(predecessor.Id, reason);
        lifetime.StopApplication();
    }

    [LoggerMessage(EventIds.TakenOver, LogLevel.Information,
        "Took over from process {Process}: {Taken} open connections; {Refused} stay there, for this configuration does not have what "
            + "they use.")]
    private partial void LogTakenOver(int process, int taken, int refused);

    [LoggerMessage(EventIds.TakeoverAbandoned, LogLevel.Error,
        "Process {Process} has not handed over ({Reason}) and serves on; this one ends.")]
    private partial void LogAbandoned(int process, string reason);

    [LoggerMessage(EventIds.TakeoverLost, LogLevel.Warning,
        "Process {Process}, which handed over, cannot be heard any more ({Reason}): what it still had is lost or ends there.")]
    private partial void LogLost(int process, string reason);
}
