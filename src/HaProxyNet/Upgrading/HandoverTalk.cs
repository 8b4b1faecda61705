using HaProxyNet.Listening;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>
/// The old process's part of the talk, in order. All that takes time happens while connections go on as ever; what is left for the
/// moment in which they stand still is what has changed meanwhile, the word that all is the new process's, and its answer.
/// </summary>
internal sealed class HandoverTalk(
    Successor successor, HeldConnections connections, ClusterMemory memory, IReadOnlyList<ListeningSocket> sockets, TimeProvider time)
{
    /// <summary>How long the new process may be silent, from its first sign of life on.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>The same while clients wait. To give up is harmless, and an operator can try again when the machine is less busy.</summary>
    private static readonly TimeSpan _patienceOfClients = TimeSpan.FromSeconds(1);

    /// <summary>How long it may take until the new process could serve. Commands wait 30 s for their answer.</summary>
    public static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(25);

    /// <summary>Whether the new process has said that it serves: from then on everything is its own.</summary>
    public bool HasServed { get; private set; }

    /// <summary>Offers listening sockets, and waits until the new process has started with them.</summary>
    /// <exception cref="HandoverException">It has not.</exception>
    public async Task OfferAsync(IReadOnlyList<InheritedSocket> offered)
    {
        InheritedSocket[][] some = [.. offered.Chunk(DescriptorPassing.MostDescriptors)];
        foreach (var (part, index) in some.DefaultIfEmpty([]).Select((part, index) => (part, index)))
        {
            byte[] payload = [index >= some.Length - 1 ? (byte)1 : (byte)0, .. part.Select(one => one.IsShared ? (byte)1 : (byte)0)];
            successor.Socket.Send(HandoverKind.Offer, payload, [.. part.Select(one => one.Descriptor)]);
        }

        using var limit = new CancellationTokenSource(LongestStart);
        while (await ReceiveAsync(successor) is var message)
        {
            switch (message?.Kind)
            {
                case HandoverKind.Ready:
                    successor.Socket.Expect(_patience);
                    return;
                case HandoverKind.Alive when !limit.IsCancellationRequested:
                    successor.Socket.Expect(_patience);
                    break;
                case HandoverKind.Alive:
                    throw new HandoverException($"the new process was not ready within {LongestStart.TotalSeconds:0} s");
                case null:
                    throw new HandoverException("the new process ended before it could serve; its own lines say why");
                default:
                    throw new HandoverException($"the new process said {message.Kind} where Ready was due");
            }
        }
    }

    /// <summary>Sends everything as it is now, and waits until the new process is ready for it. Connections go on as ever.</summary>
    /// <exception cref="HandoverException">It is not; there is nothing to undo.</exception>
    public async Task PrepareAsync()
    {
        await connections.CopyAsync(successor.Socket);
        successor.Socket.Send(HandoverKind.State, memory.Save());
        successor.Socket.Send(HandoverKind.Prepare);
        connections.Refuse(
            await ReceiveAsync(successor) is { Kind: HandoverKind.Prepared } answer
                ? HandoverNumbers.ReadSet(answer.Payload)
                : throw new HandoverException("the new process ended before it was prepared"));

        // An operator, or a destination, may have changed something while it prepared itself.
        if (memory.SaveChanges() is { } changes)
        {
            successor.Socket.Send(HandoverKind.State, changes);
        }
    }

    /// <summary>Stops everything, says what has changed, and lets the new process go on.</summary>
    /// <returns>How many connections went with it, and for how long they stood still.</returns>
    /// <exception cref="HandoverException">It does not: before its word, this process has taken everything back.</exception>
    public async Task<(int Taken, TimeSpan Pause)> HandOverAsync()
    {
        try
        {
            successor.Socket.Expect(_patienceOfClients);
            await Task.WhenAll(sockets.Select(socket => socket.HoldAsync().AsTask()));
            var stopped = time.GetTimestamp();
            await connections.HoldAsync();
            var pause = TimeSpan.Zero;
            var refused = await CommitAsync(
                successor,
                connections.SendDifference(successor.Socket),
                () => (HasServed, pause) = (true, time.GetElapsedTime(stopped)));
            successor.Socket.Expect(_patience);
            return (await connections.LeaveAsync(refused), pause);
        }
        catch (Exception fault) when (fault is HandoverException || !HasServed)
        {
            // It must not do anything any more before this process does. Clients wait: it is not asked to.
            successor.Kill();
            await connections.GoOnAsync(cut: HasServed);
            await Task.WhenAll(sockets.Select(socket => socket.GoOnAsync().AsTask()));
            throw;
        }
    }

    /// <summary>Asks it to take over what it was sent, and returns the numbers of those that it could not take.</summary>
    /// <param name="successor">The new process.</param>
    /// <param name="terms">What goes with the word.</param>
    /// <param name="onServing">Called by the thread that has heard that it serves.</param>
    public static async Task<IReadOnlySet<long>> CommitAsync(Successor successor, CommitTerms terms, Action onServing)
    {
        successor.Socket.Send(HandoverKind.Commit, terms.Write());
        var answer = await ReceiveAsync(successor, message =>
        {
            if (message is { Kind: HandoverKind.Serving })
            {
                onServing();
            }
        });
        return answer is { Kind: HandoverKind.Serving }
            ? HandoverNumbers.ReadSet(answer.Payload)
            : throw new HandoverException("the new process ended before it served");
    }

    /// <summary>The talk waits for the other process: that takes a thread, and none of the pool's.</summary>
    private static Task<HandoverMessage?> ReceiveAsync(Successor successor, Action<HandoverMessage?>? onReceived = null)
        => Task.Factory.StartNew(
            () =>
            {
                var message = successor.Socket.Receive();
                onReceived?.Invoke(message);
                return message;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}
