using System.Net.Http.Headers;
using System.Threading.Channels;
using HaProxyNet.Configuration.Notify;
using HaProxyNet.Control.Documents;
using HaProxyNet.Machine;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace HaProxyNet.Management.Notifying;

/// <summary>
/// One webhook: gathers events, and posts messages one after the other, with repeats that have an end. It has a queue of its own, so that
/// one that hangs delays no other; and nothing ever waits for it.
/// </summary>
internal sealed partial class Webhook : IDisposable
{
    private const int MostWaiting = 200;
    private const int MostRepeats = 5;

    private static readonly string[] _usualKinds =
        ["failover", "failback", "all_down", "listener_lost", "configuration_refused", "operator"];

    private readonly Channel<StateEvent> _waiting =
        Channel.CreateBounded<StateEvent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly string _name;
    private readonly string _template;
    private readonly HashSet<string> _kinds;
    private readonly Secret _url;
    private readonly Secret _token;
    private readonly Gathering _gathering;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<Delivery> _repeats;
    private readonly ProxyMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public Webhook(
        string name,
        WebhookOptions options,
        TimeSpan gather,
        string folder,
        ProxyMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        (_name, _metrics, _time, _logger, _gathering) = (name, metrics, time, logger, new Gathering(gather));
        _template = WebhookTemplate.Of(options);
        _kinds = new(options.Events.Count > 0 ? options.Events : _usualKinds, StringComparer.OrdinalIgnoreCase);
        _url = new Secret(options.UrlFile.Length > 0 ? Path.Combine(folder, options.UrlFile) : "", options.UrlVariable);
        _token = new Secret(options.TokenFile.Length > 0 ? Path.Combine(folder, options.TokenFile) : "", options.TokenVariable);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
        {
            Timeout = options.Timeout,
        };
        _repeats = new ResiliencePipelineBuilder<Delivery> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<Delivery>
        {
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Result is { IsWorthARepeat: true }),
            MaxRetryAttempts = MostRepeats,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromMinutes(1),
            DelayGenerator = static attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
        }).Build();
        foreach (var result in (string[])["delivered", "failed", "dropped"])
        {
            Count(result, 0);
        }
    }

    /// <summary>Gives it an event. Any thread; never waits.</summary>
    public void Offer(StateEvent change)
    {
        if (_kinds.Contains(change.Kind) && !_waiting.Writer.TryWrite(change))
        {
            Count("dropped", 1);
        }
    }

    /// <summary>Posts until the process ends.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var next = _waiting.Reader.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            if (await IsNextAsync(next, stop))
            {
                if (!await next)
                {
                    return;
                }

                while (_waiting.Reader.TryRead(out var change))
                {
                    await SendAsync(_gathering.Take(change, _time.GetUtcNow()), stop);
                }

                next = _waiting.Reader.WaitToReadAsync(stop).AsTask();
            }

            foreach (var notice in _gathering.Due(_time.GetUtcNow()))
            {
                await SendAsync(notice, stop);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Waits for an event, or for the time at which gathered ones are to be told.</summary>
    private async Task<bool> IsNextAsync(Task next, CancellationToken stop)
    {
        if (_gathering.NextEnd is not { } end)
        {
            await next;
            return true;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var wait = end - _time.GetUtcNow();
        var first = await Task.WhenAny(next, Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, waiting.Token));
        await waiting.CancelAsync();
        stop.ThrowIfCancellationRequested();
        return first == next;
    }

    private async Task SendAsync(Notice? notice, CancellationToken stop)
    {
        if (notice is null)
        {
            return;
        }

        var body = notice.Body(_template);
        var delivery = await _repeats.ExecuteAsync(
            static async (call, token) => await call.Webhook.PostAsync(call.Body, token), (Webhook: this, Body: body), stop);
        if (delivery.Problem is { } problem)
        {
            LogFailed(_name, problem);
        }

        Count(delivery.Problem is null ? "delivered" : "failed", 1);
    }

    private async ValueTask<Delivery> PostAsync(string body, CancellationToken stop)
    {
        if (_url.Read() is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            return new Delivery($"{_url} has no URL of http or https", false, null);
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target)
            {
                Content = new StringContent(body, new MediaTypeHeaderValue("application/json", "utf-8")),
            };
            if (_token.Read() is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            var after = answer.Headers.RetryAfter;
            return Delivery.Of((int)answer.StatusCode, after?.Delta ?? (after?.Date is { } date ? date - _time.GetUtcNow() : null));
        }
        catch (HttpRequestException fault)
        {
            // Its message names the host and not the path, which is the secret.
            return Delivery.Failed(fault.Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Delivery.Failed($"it has not answered within {_http.Timeout.TotalSeconds} s");
        }
        catch (FormatException)
        {
            return new Delivery($"{_token} cannot be sent as a token", false, null);
        }
    }

    private void Count(string result, int count) => _metrics.Notifications.WithLabels(_name, result).Inc(count);

    [LoggerMessage(EventIds.NotificationFailed, LogLevel.Warning, "A message could not be sent to the webhook {Webhook}: {Problem}.")]
    private partial void LogFailed(string webhook, string problem);
}
