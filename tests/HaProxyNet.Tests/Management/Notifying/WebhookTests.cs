using HaProxyNet.Configuration.Notify;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Notifying;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.Notifying;

/// <summary>Webhooks that take, hang, answer 429 or 500, redirect.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly ProxyMetrics _metrics = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-");
    private readonly CancellationTokenSource _stop = new();
    private readonly FakeLogger _log = new();
    private Task _running = Task.CompletedTask;
    private Webhook? _webhook;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Offer_SlackTakesIt_OneMessageWithTheTextAndTheToken()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static (_, _) => Task.CompletedTask);
        Start(receiver.Url, new WebhookOptions { Kind = WebhookKind.Slack, TokenFile = Write("token", "t0ken\n") });

        _webhook!.Offer(Change("Failover in a."));
        await CountedAsync("delivered", 1);

        Assert.Equal([("/hook/s3cret", "Bearer t0ken", """{"text":"Failover in a."}""")], receiver.Posts);
    }

    [Fact]
    public async Task Offer_KindThatIsNotAskedFor_IsNotSent()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static (_, _) => Task.CompletedTask);
        Start(receiver.Url, new WebhookOptions { Events = ["all_down"] });

        _webhook!.Offer(Change("no"));
        _webhook.Offer(Change("yes") with { Kind = "all_down" });
        await CountedAsync("delivered", 1);

        Assert.Contains("yes", Assert.Single(receiver.Posts).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_TooManyRequests_WaitsForAsLongAsItIsAsked()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static (context, number) =>
        {
            context.Response.StatusCode = number == 1 ? 429 : 200;
            context.Response.Headers.RetryAfter = "90";
            return Task.CompletedTask;
        });
        Start(receiver.Url, new WebhookOptions());
        var began = _time.GetUtcNow();

        _webhook!.Offer(Change("x"));
        await CountedAsync("delivered", 1);

        Assert.Equal(2, receiver.Posts.Count);
        Assert.True(_time.GetUtcNow() - began >= TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Offer_ServerErrorForEver_IsGivenUpAndSaidWithoutTheSecret()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        Start(receiver.Url, new WebhookOptions());

        _webhook!.Offer(Change("x"));
        await CountedAsync("failed", 1);

        Assert.Equal(6, receiver.Posts.Count);
        Assert.Equal(["A message could not be sent to the webhook ops: it answers 500."], _log.Lines);
    }

    [Fact]
    public async Task Offer_Redirect_IsNotFollowedAndNotRepeated()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync(static (_, _) => Task.CompletedTask);
        await using var receiver = await WebhookReceiver.StartAsync((context, _) =>
        {
            context.Response.Redirect(elsewhere.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        Start(receiver.Url, new WebhookOptions());

        _webhook!.Offer(Change("x"));
        await CountedAsync("failed", 1);

        Assert.Single(receiver.Posts);
        Assert.Empty(elsewhere.Posts);
        Assert.DoesNotContain("s3cret", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_ReceiverHangs_ItsTimeEndsAndTheNextAttemptIsMade()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static (context, number) => number == 1
            ? Task.Delay(Timeout.Infinite, context.RequestAborted)
            : Task.CompletedTask);
        Start(receiver.Url, new WebhookOptions { Timeout = TimeSpan.FromSeconds(1) });

        _webhook!.Offer(Change("x"));
        await CountedAsync("delivered", 1);

        // A machine with much to do may let the second one time out as well.
        Assert.NotEqual(1, receiver.Posts.Count);
    }

    [Fact]
    public async Task Offer_NobodyListens_FailedAndTheSecretIsNotLogged()
    {
        Start("http://127.0.0.1:1/hook/s3cret", new WebhookOptions());

        _webhook!.Offer(Change("x"));
        await CountedAsync("failed", 1);

        Assert.DoesNotContain("s3cret", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_NoUrlInItsFile_FailedAndTheFileIsNamed()
    {
        Start("", new WebhookOptions());

        _webhook!.Offer(Change("x"));
        await CountedAsync("failed", 1);

        Assert.Contains("url has no URL of http or https", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_FlappingCluster_TwoMessagesInsteadOfTwenty()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static (_, _) => Task.CompletedTask);
        Start(receiver.Url, new WebhookOptions { Kind = WebhookKind.Slack }, gather: TimeSpan.FromMinutes(5));

        for (var change = 1; change <= 20; change++)
        {
            _webhook!.Offer(Change($"change {change}"));
        }

        await CountedAsync("delivered", 2);

        Assert.Equal(
            ["""{"text":"change 1"}""", """{"text":"a has changed 19 times since the last message. The last change: change 20"}"""],
            receiver.Posts.Select(p => p.Body));
    }

    [Fact]
    public async Task Offer_ReceiverNeverAnswers_OffersDoNotWaitAndTheRestIsCounted()
    {
        await using var receiver =
            await WebhookReceiver.StartAsync(static (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        Start(receiver.Url, new WebhookOptions { Timeout = TimeSpan.FromMinutes(1) });

        for (var change = 0; change < 1000; change++)
        {
            _webhook!.Offer(Change("x"));
        }

        Assert.InRange(Value("dropped"), 700, 1000);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        _webhook?.Dispose();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Start(string url, WebhookOptions options, TimeSpan gather = default)
    {
        options.UrlFile = Write("url", url);
        _webhook = new Webhook("ops", options, gather, "", _metrics, _time, _log);
        _running = Task.Run(() => _webhook.RunAsync(_stop.Token));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Turns the clock until so many messages have had this result.</summary>
    private async Task CountedAsync(string result, int count)
    {
        for (var look = 0; look < 12_000 && Value(result) < count; look++)
        {
            await Task.Delay(10);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(count, Value(result));
    }

    private double Value(string result) => _metrics.Notifications.WithLabels("ops", result).Value;

    private static StateEvent Change(string text) => new(DateTimeOffset.UnixEpoch, "failover", "a", "secondary", "refused", text);
}
