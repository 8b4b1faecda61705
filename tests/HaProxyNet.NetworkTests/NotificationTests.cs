using System.Diagnostics;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using HaProxyNet.Tests.Management.Notifying;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A failover of a real process, and five webhooks: one takes the message, one hangs, one is busy, one fails, one redirects. Each gets the
/// message as often as docs/notifications.md says, none waits for another, and the log has no secret.
/// </summary>
public sealed class NotificationTests
{
    private const string Token = "t0ken";
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(2);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Failover_EachWebhookIsToldAsPromised(string engine)
    {
        var busyAt = new List<long>();
        await using var takes = await WebhookReceiver.StartAsync(static (_, _) => Task.CompletedTask);
        await using var hangs = await WebhookReceiver.StartAsync(static (http, number)
            => number == 1 ? Task.Delay(Timeout.Infinite, http.RequestAborted) : Task.CompletedTask);
        await using var busy = await WebhookReceiver.StartAsync((http, number) =>
        {
            busyAt.Add(Stopwatch.GetTimestamp());
            http.Response.Headers.RetryAfter = $"{_retryAfter.TotalSeconds:0}";
            return AnswerAsync(http, number == 1 ? 429 : 200);
        });
        await using var fails = await WebhookReceiver.StartAsync(static (http, number) => AnswerAsync(http, number == 1 ? 500 : 200));
        await using var elsewhere = await WebhookReceiver.StartAsync(static (_, _) => Task.CompletedTask);
        await using var redirects = await WebhookReceiver.StartAsync((http, _) =>
        {
            http.Response.Redirect(elsewhere.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        var primary = new EchoServer();
        using var secondary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            MoreEnvironment = new Dictionary<string, string>(
                [
                    .. Webhook("takes", takes), .. Webhook("hangs", hangs, timeout: 3), .. Webhook("busy", busy),
                    .. Webhook("fails", fails), .. Webhook("redirects", redirects),
                ]),
        });

        primary.Dispose();
        using (var client = await EchoClient.ConnectAsync(proxy.Port))
        {
            await client.ExchangeAsync();
            await client.FinishAsync();
        }

        await Eventually.HoldsAsync(
            async () => await proxy.MetricsAsync() is var now
                && now.Sum("notifications_total", ("result", "delivered")) == 4
                && now.Sum("notifications_total", ("result", "failed")) == 1,
            () => $"four are delivered and one has failed.\n{proxy.Text}");

        var (_, authorization, body) = Assert.Single(takes.Posts);
        Assert.Equal("Bearer " + Token, authorization);
        Assert.Contains("\"kind\":\"failover\"", body.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((2, 2, 1, 0), (busy.Posts.Count, fails.Posts.Count, redirects.Posts.Count, elsewhere.Posts.Count));
        Assert.True(hangs.Posts.Count >= 2, "the one that hangs is asked again");
        Assert.True(Stopwatch.GetElapsedTime(busyAt[0], busyAt[1]) >= _retryAfter, "it comes again when it was asked to");
        Assert.Single(proxy.Lines, line => line.Contains("the webhook redirects: it answers 307", StringComparison.Ordinal));
        Assert.All(
            ["s3cret", Token],
            secret => Assert.DoesNotContain(proxy.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    /// <summary>As an operator sets it: the secrets in variables of their own. Only the one that hangs may be given up early.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Webhook(string name, WebhookReceiver receiver, int timeout = 60)
    {
        var prefix = $"HAPROXYNET__Notify__Webhooks__{name}__";
        yield return new(prefix + "UrlVariable", "URL_OF_" + name);
        yield return new(prefix + "TokenVariable", "TOKEN_OF_" + name);
        yield return new(prefix + "Timeout", TimeSpan.FromSeconds(timeout).ToString("c"));
        yield return new("URL_OF_" + name, receiver.Url);
        yield return new("TOKEN_OF_" + name, Token);
    }

    private static Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
