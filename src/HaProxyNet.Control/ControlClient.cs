using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Principal;
using System.Text.Json;
using HaProxyNet.Control.Trust;

namespace HaProxyNet.Control;

/// <summary>Gives commands to a running proxy.</summary>
public static class ControlClient
{
    /// <summary>A proxy answers in milliseconds; one that is stopped or swapped out does not answer at all.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Sends a request to the first place at which a proxy answers. It does not throw for what can happen to an operator: the answer's
    /// <see cref="ControlReply.Error"/> then says what.
    /// </summary>
    /// <param name="places">Where to look, in order; see <see cref="RuntimePlaces"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ControlReply> SendAsync(
        IReadOnlyList<string> places,
        ControlRequest request,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (places.Count == 0)
        {
            return ControlReply.Refuse("Admin.ControlSocket is empty: the proxy takes no commands");
        }

        var faults = new List<string>();
        foreach (var place in places)
        {
            Stream stream;
            try
            {
                stream = await ConnectAsync(place, cancellation);
            }
            catch (Exception fault)
                when (fault is SocketException or IOException or UnauthorizedAccessException or TimeoutException or ArgumentException)
            {
                faults.Add($"{place} ({WordsOf(fault)})");
                continue;
            }

            await using (stream)
            {
                var reply = await ExchangeInTimeAsync(
                    stream, place, JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest), cancellation);
                return reply.Answers(request.Command)
                    ? reply
                    : ControlReply.Refuse($"what answers at {place} is no proxy, or one of a version that does not know this command");
            }
        }

        return ControlReply.Refuse(
            $"no proxy answers at {string.Join(", ", faults)}; is it running? --socket PATH or --config FILE says where");
    }

    private static async Task<ControlReply> ExchangeInTimeAsync(
        Stream stream,
        string place,
        ReadOnlyMemory<byte> request,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        try
        {
            return await ExchangeAsync(stream, place, request, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ControlReply.Refuse($"the proxy at {place} has not answered within {_patience.TotalSeconds} s");
        }
    }

    /// <summary>One exchange on a connection: a line of JSON for a line of JSON.</summary>
    private static async Task<ControlReply> ExchangeAsync(
        Stream stream,
        string place,
        ReadOnlyMemory<byte> request,
        CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(request, cancellation);
            await stream.WriteAsync("\n"u8.ToArray(), cancellation);
        }
        catch (IOException)
        {
            // It may have refused before it had read all; its answer says why.
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(stream, ControlJson.Default.ControlReply, cancellation)
                ?? ControlReply.Refuse($"what answers at {place} is no proxy");
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            return ControlReply.Refuse($"the proxy at {place} went away without an answer");
        }
    }

    private static async Task<Stream> ConnectAsync(string place, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            return await OpenPipeAsync(place, cancellation);
        }

        var owners = new PathOwners(takesGrants: true);
        if (OperatingSystem.IsLinux() && TrustedFolder.ProblemOf(Path.GetDirectoryName(Path.GetFullPath(place))!, owners) is { } problem)
        {
            throw new UnauthorizedAccessException(problem);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(place), cancellation);
            if (PeerIdentity.Of(socket).Uid is { } uid && !owners.Contains(uid))
            {
                throw new UnauthorizedAccessException($"a process of another user (uid {uid}) answers there");
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [SupportedOSPlatform("windows")]
    private static async Task<Stream> OpenPipeAsync(string place, CancellationToken cancellation)
    {
        // The process that made the pipe may see who asks, and do nothing in their name.
        var pipe =
            new NamedPipeClientStream(".", place, PipeDirection.InOut, PipeOptions.Asynchronous, TokenImpersonationLevel.Identification);
        try
        {
            await pipe.ConnectAsync(TimeSpan.FromSeconds(1), cancellation);
            return PipeRights.IsTrusted(pipe) ? pipe : throw new UnauthorizedAccessException("a process of another user answers there");
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    private static string WordsOf(Exception fault) => fault switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "it belongs to another user",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nobody listens there",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } or TimeoutException or FileNotFoundException
            => "there is none",
        _ => fault.Message,
    };
}
