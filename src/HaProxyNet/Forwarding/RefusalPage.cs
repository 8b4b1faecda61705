using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HaProxyNet.Forwarding;

/// <summary>What a client gets to read where no destination has answered: plain, short, and nothing of what is behind the proxy.</summary>
internal static class RefusalPage
{
    /// <summary>The words for a status. Pure.</summary>
    public static string TextOf(int status) => $"{status} {ReasonPhrases.GetReasonPhrase(status)}\n" + status switch
    {
        StatusCodes.Status400BadRequest => "The request says twice how long it is.\n",
        StatusCodes.Status502BadGateway => "The server did not answer this request to its end. It may have carried it out.\n",
        StatusCodes.Status503ServiceUnavailable => "No server can be reached at the moment. The request was not sent; try again later.\n",
        StatusCodes.Status504GatewayTimeout => "The server did not answer in time. It may have carried the request out.\n",
        _ => "",
    };

    /// <summary>Answers with it. The answer must not have begun.</summary>
    public static async Task WriteAsync(HttpContext context, int status)
    {
        var text = Encoding.ASCII.GetBytes(TextOf(status));
        var response = context.Response;
        var isLast = response.Headers.ContainsKey(HeaderNames.Connection) || context.Features.Get<ForwardingSession>() is { IsLast: true };
        response.Clear();
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = text.Length;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        if (isLast)
        {
            response.Headers[HeaderNames.Connection] = "close";
        }


        // A client that has gone is not a fault: Kestrel drops what is written to it.
        await response.Body.WriteAsync(text, CancellationToken.None);
    }
}
