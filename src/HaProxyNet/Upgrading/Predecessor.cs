using System.Globalization;
using HaProxyNet.Listening;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>The process that this one takes over from.</summary>
internal sealed class Predecessor : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _betweenSigns = TimeSpan.FromSeconds(1);

    private readonly Timer _alive;
    private int _isReady;

    private Predecessor(HandoverSocket socket, int id)
    {
        (Socket, Id) = (socket, id);
        Sockets = new InheritedSockets(ReceiveOffer(socket));
        _alive = new Timer(static one => ((Predecessor)one!).Sign(), this, TimeSpan.Zero, _betweenSigns);
    }

    /// <summary>The talk with it.</summary>
    public HandoverSocket Socket { get; }

    /// <summary>Its process id.</summary>
    public int Id { get; }

    /// <summary>Its listening sockets.</summary>
    public InheritedSockets Sockets { get; }

    /// <summary>Closed until it has handed over.</summary>
    public ServingGate Gate { get; } = new(isOpen: false);

    /// <summary>Whether the environment names one, and it has not been looked for yet.</summary>
    public static bool IsNamed => Environment.GetEnvironmentVariable(SuccessorCommand.Variable) is { Length: > 0 };

    /// <summary>Finds it by the environment; null: this process was started by itself.</summary>
    /// <exception cref="HandoverException">The environment says so, and it is not so, or the talk fails.</exception>
    public static Predecessor? Find()
    {
        if (Environment.GetEnvironmentVariable(SuccessorCommand.Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        Environment.SetEnvironmentVariable(SuccessorCommand.Variable, null);
        if (!OperatingSystem.IsLinux()
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
            || DescriptorPassing.PeerOf(descriptor) is not { } peer)
        {
            throw new HandoverException(
                $"{SuccessorCommand.Variable} is '{text}', and no proxy that is being upgraded has set that; unset it");
        }

        return peer.User == DescriptorPassing.OwnUser()
            ? new Predecessor(new HandoverSocket(descriptor, _patience), peer.Process)
            : throw new HandoverException($"the process that hands over is of user {peer.User}, and this one "
                + $"of {DescriptorPassing.OwnUser()}; both must be the same");
    }

    /// <summary>This process could serve now.</summary>
    public void IsReady()
    {
        Interlocked.Exchange(ref _isReady, 1);
        Socket.Send(HandoverKind.Ready);
    }

    public void Dispose()
    {
        _alive.Dispose();
        Sockets.Dispose();
        Socket.Dispose();
    }

    private static List<InheritedSocket> ReceiveOffer(HandoverSocket socket)
    {
        var sockets = new List<InheritedSocket>();
        while (true)
        {
            if (socket.Receive() is not { Kind: HandoverKind.Offer } offer)
            {
                throw new HandoverException("the process before offers nothing");
            }

            // After the first byte, which says whether it is the last of them, one for each descriptor: whether its socket is shared.
            sockets.AddRange(offer.Descriptors.Select(
                (descriptor, index) => new InheritedSocket(descriptor, offer.Payload.ElementAtOrDefault(index + 1) == 1)));
            if (offer.Payload is [1, ..])
            {
                return sockets;
            }
        }
    }

    /// <summary>A start may take long; that it goes on is to be seen.</summary>
    private void Sign()
    {
        try
        {
            if (Volatile.Read(ref _isReady) == 1)
            {
                _alive.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            else
            {
                Socket.Send(HandoverKind.Alive);
            }
        }
        catch (Exception fault) when (fault is HandoverException or ObjectDisposedException)
        {
            // The talk itself will find that the other process is gone; or it is over, while this was called.
        }
    }
}
