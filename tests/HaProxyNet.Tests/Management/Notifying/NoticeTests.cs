using System.Text.Json;
using HaProxyNet.Configuration.Notify;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Notifying;

namespace HaProxyNet.Tests.Management.Notifying;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Gathering_FirstAtOnceTheRestInOneAtTheEnd()
    {
        var gathering = new Gathering(TimeSpan.FromMinutes(5));

        Assert.Equal(1, gathering.Take(Change("a", "1"), _now)!.Changes);
        Assert.Null(gathering.Take(Change("a", "2"), _now.AddMinutes(1)));
        Assert.Null(gathering.Take(Change("a", "3"), _now.AddMinutes(2)));
        Assert.NotNull(gathering.Take(Change("b", "1"), _now.AddMinutes(2)));
        Assert.Empty(gathering.Due(_now.AddMinutes(4)));

        var notice = Assert.Single(gathering.Due(_now.AddMinutes(5)));
        Assert.Equal((2, "3"), (notice.Changes, notice.Last.Text));
        Assert.Equal("a has changed 2 times since the last message. The last change: 3", notice.Text);
        Assert.Null(gathering.Take(Change("a", "4"), _now.AddMinutes(6)));
        Assert.Single(gathering.Due(_now.AddMinutes(10)));
        Assert.Empty(gathering.Due(_now.AddMinutes(20)));
        Assert.NotNull(gathering.Take(Change("a", "5"), _now.AddMinutes(20)));
    }

    [Fact]
    public void Gathering_NoTime_EachByItself()
    {
        var gathering = new Gathering(TimeSpan.Zero);

        Assert.NotNull(gathering.Take(Change("a", "1"), _now));
        Assert.NotNull(gathering.Take(Change("a", "2"), _now));
        Assert.Null(gathering.NextEnd);
    }

    [Theory]
    [InlineData(204, null, true, false, null)]
    [InlineData(302, null, false, false, null)]
    [InlineData(404, null, false, false, null)]
    [InlineData(429, 7, false, true, 7)]
    [InlineData(429, 100_000, false, true, 120)]
    [InlineData(503, -5, false, true, 0)]
    [InlineData(500, null, false, true, null)]
    public void Delivery_WhatAnAnswerMeans(int status, int? retryAfter, bool isTaken, bool isWorthARepeat, int? wait)
    {
        var delivery = Delivery.Of(status, retryAfter is { } after ? TimeSpan.FromSeconds(after) : null);

        Assert.Equal(
            (isTaken, isWorthARepeat, wait), (delivery.Problem is null, delivery.IsWorthARepeat, (int?)delivery.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public void Delivery_AskedToWait_ATimerThatEndsATickEarlyIsStillNotTooEarly()
        => Assert.InRange(
            Delivery.Of(429, TimeSpan.FromSeconds(2)).RetryAfter!.Value,
            TimeSpan.FromSeconds(2) + TimeSpan.FromMilliseconds(10),
            TimeSpan.FromSeconds(2.1));

    [Theory]
    [InlineData(WebhookKind.Json)]
    [InlineData(WebhookKind.Slack)]
    [InlineData(WebhookKind.Teams)]
    public void Body_AnyText_IsJson(WebhookKind kind)
    {
        var body = new Notice(Change("a", "quote \" backslash \\ {kind} \n</script>"), 1).Body(
            WebhookTemplate.Of(new WebhookOptions { Kind = kind }));

        Assert.Contains("quote \" backslash \\ {kind} \n</script>", Texts(JsonDocument.Parse(body).RootElement));
    }

    [Fact]
    public void Body_Template_PlaceholdersAreFilledInAndOtherBracesStay()
        => Assert.Equal(
            """{"a":"failover in a {b} 2026-01-02T03:04:05.000Z","c":{}}""",
            new Notice(Change("a", "t"), 1).Body("""{"a":"{kind} in {cluster} {b} {time}","c":{}}"""));

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static StateEvent Change(string cluster, string text) => new(_now, "failover", cluster, "secondary", "refused", text);
}
