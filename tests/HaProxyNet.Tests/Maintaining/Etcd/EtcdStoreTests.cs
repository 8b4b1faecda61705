using System.Text;
using HaProxyNet.Configuration;
using HaProxyNet.Maintaining;
using HaProxyNet.Maintaining.Etcd;
using HaProxyNet.Tests.Management.Notifying;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.Tests.Maintaining.Etcd;

/// <summary>The store against a server that answers as etcd does, or as etcd never would.</summary>
public sealed class EtcdStoreTests
{
    private const string Drained =
        "{\"version\":1,\"decisions\":{\"primary\":{\"maintenance\":\"Draining\",\"node\":\"proxy2\",\"by\":\"uid 7\"}}}";

    private const string Header = "\"header\":{\"revision\":\"9\"}";

    [Fact]
    public async Task Read_KeyIsThere_IsItsSetWithItsRevision()
    {
        await using var etcd = await AnsweringAsync(Entries(
            "agents", Drained));
        using var store = Store(etcd);

        var stored = await store.ReadAsync("Agents", CancellationToken.None);

        Assert.Equal((7, Maintenance.Draining, null), (stored.Revision, stored.Set["primary"].Maintenance, stored.Problem));
        Assert.True(etcd.Posts.TryDequeue(out var post));
        Assert.Equal(("/v3/kv/range", $"{{\"key\":\"{Base64("/haproxynet/default/clusters/agents")}\"}}"), (post.Path, post.Body));
    }

    [Fact]
    public async Task Read_NoKey_IsNothing()
    {
        await using var etcd = await AnsweringAsync($"{{{Header}}}");
        using var store = Store(etcd);

        Assert.Equal(StoredSet.Nothing, await store.ReadAsync("agents", CancellationToken.None));
        Assert.Empty(await store.ReadAllAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("{{H},\"succeeded\":true}", true)]
    [InlineData("{{H}}", false)]
    public async Task Replace_SaysWhetherNobodyWasFirst(string answer, bool expected)
    {
        await using var etcd = await AnsweringAsync(answer.Replace("{H}", Header, StringComparison.Ordinal));
        using var store = Store(etcd);

        Assert.Equal(expected, await store.TryReplaceAsync("agents", MaintenanceSet.Empty, 7, CancellationToken.None));

        Assert.True(etcd.Posts.TryDequeue(out var post));
        Assert.Contains("\"mod_revision\":\"7\"", post.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "hello", "does not answer as etcd does")]
    [InlineData(200, "{}", "does not answer as etcd does")]
    [InlineData(200, "[1]", "does not answer as etcd does")]
    [InlineData(200, "{{H},\"kvs\":[{\"key\":\"%\"}]}", "does not answer as etcd does")]
    [InlineData(200, "{{H},\"kvs\":[{\"key\":\"YQ==\",\"mod_revision\":\"99999999999999999999\"}]}", "does not answer as etcd does")]
    [InlineData(503, "{\"error\":\"etcdserver: no leader\"}", "it answers 503: etcdserver: no leader")]
    [InlineData(404, "<html>", "it answers 404, and not as etcd does")]
    [InlineData(302, "", "it answers 302, and not as etcd does")]
    public async Task Read_OtherAnswer_IsAwayWithASentence(int status, string answer, string expected)
    {
        await using var etcd = await WebhookReceiver.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer.Replace("{H}", Header, StringComparison.Ordinal));
        });
        using var store = Store(etcd);

        var away = await Assert.ThrowsAsync<StoreAwayException>(() => store.ReadAsync("agents", CancellationToken.None));

        Assert.Contains(expected, away.Message, StringComparison.Ordinal);
    }

    /// <summary>It ends when the caller's time does.</summary>
    [Fact]
    public async Task Read_AnswerNeverEnds_EndsWithTheCallersPatience()
    {
        await using var etcd = await WebhookReceiver.StartAsync(async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ");
                await context.Response.Body.FlushAsync();
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, context.RequestAborted));
            }
        });
        using var store = Store(etcd);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("agents", patience.Token));
    }

    [Fact]
    public async Task Read_AnswerIsHuge_IsAway()
    {
        await using var etcd = await AnsweringAsync(new string(' ', 5 << 20));
        using var store = Store(etcd);

        await Assert.ThrowsAsync<StoreAwayException>(() => store.ReadAsync("agents", CancellationToken.None));
    }

    [Fact]
    public async Task Read_TheFirstMemberIsGone_TheNextIsAsked()
    {
        await using var etcd = await AnsweringAsync($"{{{Header}}}");
        using var store = Store("http://127.0.0.1:1", Url(etcd));

        Assert.Equal(StoredSet.Nothing, await store.ReadAsync("agents", CancellationToken.None));
        Assert.Equal(StoredSet.Nothing, await store.ReadAsync("agents", CancellationToken.None));
    }

    [Fact]
    public async Task Read_WithAUser_AsksForATokenAndAgainWhenItHasEnded()
    {
        await using var etcd = await WebhookReceiver.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number == 2 ? 401 : 200;
            return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("authenticate", StringComparison.Ordinal)
                ? $"{{\"token\":\"t{number}\"}}"
                : $"{{{Header}}}");
        });
        var password = Path.GetTempFileName();
        await File.WriteAllTextAsync(password, "geheim\n");
        var options = Options(Url(etcd));
        (options.Maintenance.Etcd.UserName, options.Maintenance.Etcd.PasswordFile) = ("proxy", password);
        using var store = new EtcdStore(options, TimeProvider.System);

        await store.ReadAsync("agents", CancellationToken.None);

        Assert.Equal(
            [("/v3/auth/authenticate", ""), ("/v3/kv/range", "t1"), ("/v3/auth/authenticate", ""), ("/v3/kv/range", "t3")],
            etcd.Posts.Select(post => (post.Path, post.Authorization)));
        Assert.Equal("""{"name":"proxy","password":"geheim"}""", etcd.Posts.First().Body);
        File.Delete(password);
    }

    [Fact]
    public async Task Read_CertificateFileIsMissing_IsAwayWithItsName()
    {
        var options = Options("https://127.0.0.1:1");
        options.Maintenance.Etcd.CaPath = "/nowhere/ca.pem";
        using var store = new EtcdStore(options, TimeProvider.System);

        Assert.Contains(
            "/nowhere/ca.pem",
            (await Assert.ThrowsAsync<StoreAwayException>(() => store.ReadAsync("agents", CancellationToken.None))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Keys tell upper from lower case. Only this proxy's own form is replaced, so only that is read.</summary>
    [Fact]
    public async Task ReadAll_KeyThatDiffersInCase_IsSomebodyElses()
    {
        await using var etcd = await AnsweringAsync($"{{{Header},\"kvs\":[{Entry("Agents", "hello")},{Entry("agents", Drained)}]}}");
        using var store = Store(etcd);

        var (name, stored) = Assert.Single(await store.ReadAllAsync(CancellationToken.None));

        Assert.Equal(("agents", null, Maintenance.Draining), (name, stored.Problem, stored.Set["primary"].Maintenance));
    }

    /// <summary>The sentence says what is wrong, and does not send the reader to an inner exception.</summary>
    [Fact]
    public async Task Read_TlsFails_SaysWhy()
    {
        await using var etcd = await AnsweringAsync($"{{{Header}}}");
        using var store = Store(Url(etcd).Replace("http:", "https:", StringComparison.Ordinal));

        var away = await Assert.ThrowsAsync<StoreAwayException>(() => store.ReadAsync("agents", CancellationToken.None));

        Assert.DoesNotContain("inner exception", away.Message, StringComparison.Ordinal);
    }

    private static Task<WebhookReceiver> AnsweringAsync(string answer)
        => WebhookReceiver.StartAsync((context, _) => context.Response.WriteAsync(answer));

    private static string Url(WebhookReceiver etcd) => new Uri(etcd.Url).GetLeftPart(UriPartial.Authority);

    private static EtcdStore Store(WebhookReceiver etcd) => Store(Url(etcd));

    private static EtcdStore Store(params string[] members) => new(Options(members), TimeProvider.System);

    private static ProxyOptions Options(params string[] members)
    {
        var options = new ProxyOptions();
        options.Maintenance.Etcd.Endpoints = members;
        return options;
    }

    private static string Entries(string cluster, string value) => $"{{{Header},\"kvs\":[{Entry(cluster, value)}]}}";

    private static string Entry(string cluster, string value)
        => $"{{\"key\":\"{Base64("/haproxynet/default/clusters/" + cluster)}\",\"mod_revision\":\"7\",\"value\":\"{Base64(value)}\"}}";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
