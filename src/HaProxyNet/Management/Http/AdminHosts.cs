using System.Net;
using HaProxyNet.Listening;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.Management.Http;

/// <summary>
/// Which values of <c>Host</c> the admin endpoint answers to. A web page can have its own name resolve to this machine and then read what
/// is served here (DNS rebinding); its requests carry that name. Without a <c>Host</c> (HTTP/1.0) there is no such page.
/// </summary>
/// <param name="allowed">The names that are listed now: a reload may change them.</param>
/// <param name="own">The addresses of this machine.</param>
internal sealed class AdminHosts(Func<IEnumerable<string>> allowed, OwnAddresses own)
{
    /// <summary>Whether a request for this host is answered.</summary>
    public bool Allows(HostString host)
    {
        if (!host.HasValue || IsListed("*"))
        {
            return true;
        }

        var name = Plain(host.Host.Trim('[', ']'));
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IsListed(name)
            || (IPAddress.TryParse(name, out var address) && own.Contains(address));
    }

    /// <summary>Answers, or refuses with one sentence.</summary>
    public Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (Allows(http.Request.Host))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(
            "The Host of this request is no address of this machine; list it in Admin.AllowedHosts to have it answered.\n",
            http.RequestAborted);
    }

    private bool IsListed(string name)
        => allowed().Any(listed => Plain(listed.Trim('[', ']')).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A dot at the end says that a name is complete, and is no part of it.</summary>
    private static string Plain(string name) => name.EndsWith('.') ? name[..^1] : name;
}
