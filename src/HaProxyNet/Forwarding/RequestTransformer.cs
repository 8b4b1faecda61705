using HaProxyNet.Machine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace HaProxyNet.Forwarding;

/// <summary>
/// What a destination gets of a request: everything as the client sent it, and who the client is. What a client says of itself by the
/// headers that only a proxy sets is not passed on.
/// </summary>
internal sealed class RequestTransformer : HttpTransformer
{
    private const string Forwarded = "Forwarded";
    private const string Prefix = "X-Forwarded-";

    /// <summary>The path goes out letter by letter.</summary>
    private static readonly UriCreationOptions _asSent = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The only one that is needed.</summary>
    public static RequestTransformer Instance { get; } = new();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        foreach (var name in headers.NonValidated.Select(header => header.Key).Where(IsOfProxies).ToList())
        {
            headers.Remove(name);
        }

        var request = httpContext.Request;
        if (httpContext.Connection.RemoteIpAddress is { } client)
        {
            headers.TryAddWithoutValidation("X-Forwarded-For", PlainAddress.Of(client).ToString());
        }

        headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        if (request.Host.HasValue)
        {
            headers.TryAddWithoutValidation("X-Forwarded-Host", request.Host.Value);
        }

        if (httpContext.Features.Get<IHttpRequestFeature>() is { RawTarget: ['/', ..] target }
            && Uri.TryCreate(destinationPrefix + target, _asSent, out var uri))
        {
            proxyRequest.RequestUri = uri;
        }
    }

    /// <summary>Whether a header says something that a proxy says of its client.</summary>
    public static bool IsOfProxies(string header)
        => header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header.Equals(Forwarded, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a request says by two headers where its body ends: each reader may believe another one, so nobody is given it. Kestrel calls
    /// the one that it does not believe X-Content-Length.
    /// </summary>
    public static bool HasTwoLengths(IHeaderDictionary headers)
        => headers.TransferEncoding.Count > 0 && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"));

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var isForwarded = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (httpContext.Features.Get<ForwardingSession>() is { } session)
        {
            Answer(httpContext, session);
        }

        return isForwarded;
    }

    /// <summary>What the proxy adds to an answer: the cookie, and the end of a connection whose listener has changed.</summary>
    private static void Answer(HttpContext context, ForwardingSession session)
    {
        var plan = session.Connection.Plan;
        if (plan.Http?.AffinityCookie is { } name && session.Leg is { } leg
            && !AffinityCookie.Names(context.Request.Cookies[name] ?? "", leg.Destination))
        {
            context.Response.Cookies.Append(
                name, AffinityCookie.ValueOf(leg.Destination), AffinityCookie.Attributes(context.Request.IsHttps));
        }

        if (session.IsLast)
        {
            context.Response.Headers[HeaderNames.Connection] = "close";
        }
    }
}
