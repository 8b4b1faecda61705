using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Administering;

/// <summary>The boundary of a request to the admin endpoint: what its answer throws ends this request.</summary>
internal static class AdminGuard
{
    /// <summary>Passes a request on; 500 when that throws, unless the client has gone.</summary>
    public static async Task ServeAsync(HttpContext http, RequestDelegate next, InternalFaults faults)
    {
        try
        {
            faults.Injection?.Invoke(FaultPlace.Admin);
            await next(http);
        }
#pragma warning disable CA1031 // This is the boundary.
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Admin, fault);
            if (http.Response.HasStarted)
            {
                http.Abort();
            }
            else
            {
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }
}
