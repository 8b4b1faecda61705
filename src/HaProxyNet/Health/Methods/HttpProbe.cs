using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>One GET by address, with a Host of its own; the status alone decides.</summary>
/// <param name="Path">The path, and a query if one is needed.</param>
/// <param name="Host">The Host of the request; empty: the destination's host and the port that is asked.</param>
/// <param name="ExpectStatus">The only status that means healthy.</param>
/// <param name="SpeaksTls">Whether over TLS, on the target's terms.</param>
internal sealed record HttpProbe(string Path, string Host, int ExpectStatus, bool SpeaksTls) : IProbe
{
    /// <summary>A heartbeat is short; nobody waits for the rest of a page.</summary>
    private const int LongestBody = 64 * 1024;

    public ProbeMethod Method => ProbeMethod.Http;

    public async ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline)
    {
        // Connected beforehand, so that what the socket says is not wrapped; the handler is for this one request.
        var connection = await ProbeSocket.OpenAsync(target, deadline);
        Stream stream = SpeaksTls ? await ProbedHandshake.OpenAsync(connection, target.Terms!, deadline) : connection;
        await using (stream)
        {
            // A server that closes without an answer has answered: the handler is not to try a second time.
            Stream? once = stream;
            using var handler = new SocketsHttpHandler
            {
                ConnectCallback = (_, _) => Interlocked.Exchange(ref once, null) is { } first
                    ? new ValueTask<Stream>(first)
                    : throw new IOException("The server closed before an answer."),
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
            };
            using var client = new HttpMessageInvoker(handler);
            using var request = Request(target);
            using var response = await client.SendAsync(request, deadline);
            await ReadAsync(response, deadline);
            return (int)response.StatusCode == ExpectStatus ? ProbeResult.Success : ProbeResult.WrongStatus;
        }
    }

    /// <summary>TLS is the stream's own affair: to the handler everything is plain.</summary>
    private HttpRequestMessage Request(ProbeTarget target)
    {
        var named = target.Host.Contains(':', StringComparison.Ordinal) ? $"[{target.Host}]" : target.Host;
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{target.Address}{Path}"))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = Host.Length > 0 ? Host : $"{named}:{target.Address.Port}";
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("HaProxyNet-probe");
        return request;
    }

    /// <summary>A body that was read leaves nothing that the close would have to answer with a reset.</summary>
    private static async ValueTask ReadAsync(HttpResponseMessage response, CancellationToken deadline)
    {
        var block = new byte[4096];
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(deadline);
            for (int count, all = 0; all < LongestBody && (count = await body.ReadAsync(block, deadline)) > 0; all += count)
            {
                // The status has said it all.
            }
        }
        catch (Exception end) when (end is IOException or HttpRequestException or SocketException or OperationCanceledException)
        {
            // The status came, and it decides.
        }
    }
}
