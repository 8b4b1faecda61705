using System.Text.Json;
using HaProxyNet.Control;
using HaProxyNet.Control.Trust;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Control;

/// <summary>
/// One peer: one line of JSON in, one line of JSON out. Whatever it sends, it gets an answer where it can, the log gets a line, and the
/// proxy goes on.
/// </summary>
internal sealed partial class ControlConversation(ControlCommands commands, TimeProvider time, ILogger<ControlConversation> logger)
{
    /// <summary>The longest request in bytes, its end included.</summary>
    public const int LongestRequest = 64 * 1024;

    /// <summary>A peer that says nothing, or does not read, is not waited for longer.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>From here to the end of the peer. It never throws.</summary>
    public async Task HoldAsync(ControlPeer peer, bool isOneTooMany, CancellationToken stop)
    {
        try
        {
            var reply = isOneTooMany
                ? Refuse(peer, "too many commands at once; try again")
                : peer.Identity.IsAllowed
                    ? await AnswerAsync(peer, stop)
                    : Refuse(peer, $"only the proxy's own user (uid {ProcessOwner.Uid}) and root may give commands");
            if (reply is not null)
            {
                await WriteAsync(peer.Stream, reply, stop);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            LogGone(peer.Identity, fault.Message);
        }
#pragma warning disable CA1031 // The last line of defence: a command's fault must not end the proxy.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(peer.Identity, fault);
        }
    }

    private async Task<ControlReply?> AnswerAsync(ControlPeer peer, CancellationToken stop)
    {
        ReadOnlyMemory<byte> line;
        using (var deadline = new CancellationTokenSource(_patience, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop))
        {
            try
            {
                line = await ReadLineAsync(peer.Stream, either.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return Refuse(peer, $"no whole request within {_patience.TotalSeconds} s");
            }
        }

        if (line.Length == 0)
        {
            // A client that only looks whether there is a proxy.
            return null;
        }

        if (line.Length >= LongestRequest)
        {
            return Refuse(peer, $"the request has more than {LongestRequest} bytes");
        }

        try
        {
            return JsonSerializer.Deserialize(line.Span, ControlJson.Default.ControlRequest) is { Command: not null } request
                ? await RunAsync(request, peer)
                : Refuse(peer, "malformed: null is no request");
        }
        catch (JsonException fault)
        {
            return Refuse(peer, "malformed: " + fault.Message);
        }
    }

    /// <summary>Nobody takes the place of a peer whose command is being carried out.</summary>
    private async Task<ControlReply?> RunAsync(ControlRequest request, ControlPeer peer)
    {
        if (!peer.TryBeginWork())
        {
            return null;
        }

        var reply = await commands.RunAsync(request, peer.Identity);
        peer.EndWork();
        return reply;
    }

    /// <summary>Reads up to the end of the line, or of the stream, or of the room.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellation) is > 0 and var count)
        {
            var end = buffer.AsSpan(length, count).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return buffer.AsMemory(0, length + end);
            }

            length += count;
        }

        return buffer.AsMemory(0, length);
    }

    private async Task WriteAsync(Stream stream, ControlReply reply, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.ControlReply), either.Token);
        await stream.WriteAsync("\n"u8.ToArray(), either.Token);
    }

    private ControlReply Refuse(ControlPeer peer, string why)
    {
        LogRefused(peer.Identity, why);
        return ControlReply.Refuse(why);
    }

    [LoggerMessage(EventIds.ControlRefused, LogLevel.Warning, "A command of {Peer} was refused: {Why}.")]
    private partial void LogRefused(PeerIdentity peer, string why);

    [LoggerMessage(EventIds.ControlPeerGone, LogLevel.Debug, "A command's peer ({Peer}) went away: {Fault}")]
    private partial void LogGone(PeerIdentity peer, string fault);

    [LoggerMessage(EventIds.ControlFault, LogLevel.Error, "A command of {Peer} met a fault of the proxy itself. Please report this.")]
    private partial void LogFault(PeerIdentity peer, Exception fault);
}
