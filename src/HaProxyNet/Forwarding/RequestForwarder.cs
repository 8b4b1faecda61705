using System.Net;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace HaProxyNet.Forwarding;

/// <summary>
/// Serves the requests of HTTP listeners: finds each a destination, and has YARP forward it there. It is the whole application behind
/// <see cref="HttpFront"/>.
/// </summary>
internal sealed partial class RequestForwarder(IHttpForwarder forwarder, InternalFaults faults, ILogger<RequestForwarder> logger)
    : IHttpApplication<HttpContext>
{
    /// <summary>The connection is there already: nobody looks this name up.</summary>
    private const string Destination = "http://destination";

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var session = context.Features.GetRequiredFeature<ForwardingSession>();
        context.Request.Scheme = session.Connection.Plan.Tls is null ? "http" : "https";
        await session.EnterAsync();
        try
        {
            await ServeAsync(context, session);
        }
#pragma warning disable CA1031 // The boundary: a fault of one request ends that request.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Connection, fault);
            await session.EndLegAsync(ConnectionOutcome.InternalError);
            Refuse(context, StatusCodes.Status500InternalServerError);
        }
        finally
        {
            session.Leave();
        }
    }

    private async Task ServeAsync(HttpContext context, ForwardingSession session)
    {
        var failure = await FindLegAsync(context, session);
        if (failure is not ConnectionOutcome.None)
        {
            Refuse(context, failure is ConnectionOutcome.NoDestination ? StatusCodes.Status503ServiceUnavailable : 0);
            return;
        }

        var leg = session.Leg!;
        var error = await forwarder.SendAsync(
            context, Destination, leg.Client, ConfigOf(session.Cluster), RequestTransformer.Instance, CancellationToken.None);
        var outcome = ForwardingOutcome.Of(error);
        if (outcome is not ConnectionOutcome.None)
        {
            LogFailed(
                leg.Destination.ClusterName,
                leg.Destination.Name,
                session.Connection.ClientEndPoint,
                error,
                context.Response.StatusCode,
                session.Connection.Number);
            await session.EndLegAsync(outcome);
        }
        else if (!leg.IsOpen)
        {
            await session.EndLegAsync(ConnectionOutcome.Completed);
        }
    }

    /// <summary>Keeps the leg of the last request, or connects another one.</summary>
    private static async ValueTask<ConnectionOutcome> FindLegAsync(HttpContext context, ForwardingSession session)
    {
        var candidates = session.Cluster.Candidates;
        var cookie = session.Connection.Plan.Http?.AffinityCookie is { } name ? context.Request.Cookies[name] : null;
        var named = LegChoice.Named(cookie, candidates);
        if (session.Leg is { IsOpen: true } leg
            && (named is null ? LegChoice.Keeps(leg.Destination, candidates) : ReferenceEquals(named, leg.Destination)))
        {
            return ConnectionOutcome.None;
        }

        return await session.ConnectAsync(named is null
            ? session.Cluster.Selector.Select(session.Connection, candidates)
            : LegChoice.StartingAt(named, candidates));
    }

    private static ForwarderRequestConfig ConfigOf(Cluster cluster) => new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = cluster.Plan.IdleTimeout is var idle && idle > TimeSpan.Zero ? idle : Timeout.InfiniteTimeSpan,
    };

    /// <summary>Answers with a status, or, where that is too late or useless, ends the client's connection.</summary>
    private static void Refuse(HttpContext context, int status)
    {
        if (status == 0 || context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            context.Response.Clear();
            context.Response.StatusCode = status;
        }
    }

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Information,
        "A request of {Client} to {Cluster}/{Destination} failed: {Error}. The answer was {Status}, and the request was not sent again.")]
    private partial void LogFailed(
        string cluster, string destination, IPEndPoint client, ForwarderError error, int status, Lines.ConnectionNumber connection);
}
