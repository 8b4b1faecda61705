using System.Globalization;
using System.Text.Json;
using HaProxyNet.Management.History.Keeping;
using HaProxyNet.Management.History.Records;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.Management.History;

/// <summary><c>/api/v1/history?from=&amp;to=</c>: what happened, as far back as the files go.</summary>
internal sealed class HistoryEndpoint(HistoryReading history, TimeProvider time)
{
    private static readonly TimeSpan _usual = TimeSpan.FromDays(1);

    /// <summary>Answers with the records of a time; without one, of the last 24 hours.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var now = time.GetUtcNow();
        if (!TryRead(http, "to", now, out var to) || !TryRead(http, "from", to - Least(to), out var from) || from > to)
        {
            await RefuseAsync(
                http, StatusCodes.Status400BadRequest, "from and to are times such as 2026-11-30T02:14:00Z, and from is not after to\n");
            return;
        }

        HistoryDocument document;
        try
        {
            document = await history.ReadAsync(from, to, http.RequestAborted);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, $"the history cannot be read: {fault.Message}\n");
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, document, HistoryJson.Default.HistoryDocument, http.RequestAborted);
        }
    }

    /// <summary>There is no day before the first one.</summary>
    private static TimeSpan Least(DateTimeOffset to) => to - DateTimeOffset.MinValue < _usual ? TimeSpan.Zero : _usual;

    private static bool TryRead(HttpContext http, string name, DateTimeOffset standard, out DateTimeOffset value)
    {
        value = standard;
        var text = http.Request.Query[name].ToString();
        return text.Length == 0
            || DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    private static Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(why, http.RequestAborted);
    }
}
