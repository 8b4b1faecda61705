using System.Net;

namespace HaProxyNet.Server.Controlling;

/// <summary>Asks <c>/readyz</c>.</summary>
internal static class ReadyzClient
{
    private const int MostBytes = 64 * 1024;

    /// <summary>What keeps the proxy from being ready; null: nobody answers there, or somebody else does.</summary>
    public static async Task<IReadOnlyList<string>?> AskAsync(IPEndPoint admin, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = MostBytes };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://{admin}/readyz"), stop);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => [],
                HttpStatusCode.ServiceUnavailable
                    => (await answer.Content.ReadAsStringAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries),
                _ => null,
            };
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
