using HaProxyNet.Server.Administering;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.Tests.Server.Administering;

public sealed class AdminGuardTests
{
    private readonly InternalFaults _faults = new();

    [Fact]
    public async Task Serve_Throws_Is500AndCounted()
    {
        var http = new DefaultHttpContext();

        await AdminGuard.ServeAsync(http, _ => throw new InvalidOperationException("odd."), _faults);

        Assert.Equal((500, 1L), (http.Response.StatusCode, _faults[FaultPlace.Admin]));
    }

    [Fact]
    public async Task Serve_Answers_NothingIsCounted()
    {
        var http = new DefaultHttpContext();

        await AdminGuard.ServeAsync(http, NoContentAsync, _faults);

        Assert.Equal((204, 0L), (http.Response.StatusCode, _faults[FaultPlace.Admin]));
    }

    private static Task NoContentAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
