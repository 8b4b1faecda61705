using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Maintaining;
using HaProxyNet.Machine;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>
/// Requests to the members of etcd: the one that answered last is asked first, and the others when it fails. Everything that can go wrong
/// on the way is a <see cref="StoreAwayException"/>. Any thread.
/// </summary>
internal sealed class EtcdConnection : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly EtcdOptions _options;
    private readonly EtcdHttp _http;
    private readonly Secret _password;
    private readonly ResiliencePipeline _repeats;
    private volatile int _member;
    private volatile string? _token;

    public EtcdConnection(ProxyOptions options, TimeProvider time)
    {
        _options = options.Maintenance.Etcd;
        _http = new EtcdHttp(_options, options.Folder, time);
        _password = new Secret(
            _options.PasswordFile.Length > 0 ? Path.Combine(options.Folder, _options.PasswordFile) : "", _options.PasswordVariable);
        var members = _options.Endpoints.Count;
        var repeats = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<StoreAwayException>().Handle<TimeoutRejectedException>(),
            MaxRetryAttempts = Math.Max(1, members - 1),
            Delay = _pause,
        });

        // A member that is silent must leave time for the others. The only one has all the time that there is.
        _repeats = (members > 1 ? repeats.AddTimeout(MaintenanceLedger.LongestWait / members) : repeats).Build();
    }

    /// <summary>Asks, and returns the answer.</summary>
    public async Task<byte[]> AskAsync(string path, byte[] request, CancellationToken stop)
    {
        try
        {
            return await _repeats.ExecuteAsync(async token => await AskOneAsync(path, request, token), stop);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new StoreAwayException("no member answers in time", fault);
        }
    }

    /// <summary>Asks for an answer that goes on, and calls back at each line of it, until it ends.</summary>
    public async Task FollowAsync(string path, byte[] request, Action line, CancellationToken stop)
    {
        await AtOneMemberAsync(member => FollowOneAsync(member, path, request, line, stop), stop);
    }

    public void Dispose() => _http.Dispose();

    private Task<byte[]> AskOneAsync(string path, byte[] request, CancellationToken stop)
        => AtOneMemberAsync(member => AskOneAsync(member, path, request, stop), stop);

    private async Task<byte[]> AskOneAsync(string member, string path, byte[] request, CancellationToken stop)
    {
        if (_options.UserName.Length > 0 && _token is null)
        {
            _token = await AuthenticateAsync(member, stop);
        }

        var (status, answer) = await ExchangeAsync(member, path, request, stop);
        if (status is HttpStatusCode.Unauthorized && _options.UserName.Length > 0)
        {
            // Tokens end, and a restarted member does not know them.
            _token = await AuthenticateAsync(member, stop);
            (status, answer) = await ExchangeAsync(member, path, request, stop);
        }

        return status is HttpStatusCode.OK ? answer : throw new StoreAwayException(EtcdAnswers.Error((int)status, answer));
    }

    private async Task<bool> FollowOneAsync(string member, string path, byte[] request, Action line, CancellationToken stop)
    {
        using var answer = await SendAsync(member, path, request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (!answer.IsSuccessStatusCode)
        {
            throw new StoreAwayException($"it answers {(int)answer.StatusCode}");
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
            line();
        }

        return true;
    }

    private async Task<string> AuthenticateAsync(string member, CancellationToken stop)
    {
        _token = null;
        if (_password.Read() is not { } password)
        {
            throw new StoreAwayException($"{_password} has no password");
        }

        var (status, answer) =
            await ExchangeAsync(member, "/v3/auth/authenticate", EtcdRequests.Authenticate(_options.UserName, password), stop);
        return status is HttpStatusCode.OK
            ? EtcdAnswers.Token(answer)
            : throw new StoreAwayException($"it does not let {_options.UserName} in: {EtcdAnswers.Error((int)status, answer)}");
    }

    private async Task<(HttpStatusCode Status, byte[] Answer)> ExchangeAsync(
        string member,
        string path,
        byte[] request,
        CancellationToken stop)
    {
        using var answer = await SendAsync(member, path, request, HttpCompletionOption.ResponseContentRead, stop);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(stop));
    }

    private async Task<HttpResponseMessage> SendAsync(
        string member,
        string path,
        byte[] request,
        HttpCompletionOption completion,
        CancellationToken stop)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(member), path))
        {
            Content = new ByteArrayContent(request),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_token is { } token)
        {
            message.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return await _http.Current().SendAsync(message, completion, stop);
    }

    /// <summary>Asks one member; when that fails, the next request goes to the next one.</summary>
    private async Task<T> AtOneMemberAsync<T>(Func<string, Task<T>> ask, CancellationToken stop)
    {
        var member = _member;
        var url = _options.Endpoints[member % _options.Endpoints.Count];
        var isAnswered = false;
        try
        {
            var answer = await ask(url);
            isAnswered = true;
            return answer;
        }
        catch (StoreAwayException away)
        {
            throw new StoreAwayException($"{url}: {away.Message}", away);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or ObjectDisposedException
            || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // A client that was replaced, because its certificates were renewed, ends what it was doing as well.
            throw new StoreAwayException($"{url}: {Cause(fault).TrimEnd('.')}", fault);
        }
        finally
        {
            if (!isAnswered)
            {
                _member = (member + 1) % _options.Endpoints.Count;
            }
        }
    }

    /// <summary>"See inner exception" tells an operator nothing; of a refused connection, the outer one names the address.</summary>
    private static string Cause(Exception fault)
        => fault is HttpRequestException { InnerException: { } inner and not SocketException } ? inner.Message : fault.Message;
}
