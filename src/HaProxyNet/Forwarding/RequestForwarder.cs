using System.Net;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
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
            faults.Injection?.Invoke(FaultPlace.Request);
            await ServeAsync(context, session);
        }
#pragma warning disable CA1031 // The boundary: a fault of one request ends that request.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Request, fault);
            await session.EndLegAsync(ConnectionOutcome.InternalError);
            await RefuseAsync(context, StatusCodes.Status500InternalServerError);
        }
        finally
        {
            session.Leave();
            if (session.Leg is { } leg && !LegChoice.Keeps(leg.Destination, session.Cluster.Candidates))
            {
                // Taken out, or down, while it answered: a drain that waits for its connections must not wait for the client.
                session.TryLetGo(ConnectionOutcome.Completed);
            }
        }
    }

    private async Task ServeAsync(HttpContext context, ForwardingSession session)
    {
        if (RequestTransformer.HasTwoLengths(context.Request.Headers))
        {
            context.Response.Headers[HeaderNames.Connection] = "close";
            await RefuseAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        var failure = await FindLegAsync(context, session);
        if (failure is not ConnectionOutcome.None)
        {
            await RefuseAsync(context, failure is ConnectionOutcome.NoDestination ? StatusCodes.Status503ServiceUnavailable : 0);
            return;
        }

        var leg = session.Leg!;
        var error = await forwarder.SendAsync(
            context, Destination, leg.Client, ConfigOf(session.Cluster), RequestTransformer.Instance, CancellationToken.None);
        var outcome = ForwardingOutcome.Of(error);
        if (outcome is not ConnectionOutcome.None)
        {
            await FailAsync(context, session, leg, (error, outcome));
        }
        else if (!leg.IsOpen)
        {
            await session.EndLegAsync(ConnectionOutcome.Completed);
        }
        else
        {
            leg.Keep();
        }
    }

    /// <summary>
    /// A request that may have reached its destination has failed. Where the destination has closed a connection that was kept, and has not
    /// said a word to the request, the client's is closed in the same way: what it may repeat is the client's to know.
    /// </summary>
    private async Task FailAsync(
        HttpContext context, ForwardingSession session, Leg leg, (ForwarderError Error, ConnectionOutcome Outcome) end)
    {
        var (cluster, destination) = (leg.Destination.ClusterName, leg.Destination.Name);
        var client = session.Connection.ClientEndPoint;
        if (end.Outcome is ConnectionOutcome.DestinationReset && leg.IsSilent && !context.Response.HasStarted)
        {
            LogUnanswered(cluster, destination, client, session.Connection.Number);
            session.EndUnanswered();
            context.Abort();
            await session.EndLegAsync(end.Outcome);
            return;
        }

        LogFailed(cluster, destination, client, end.Error, context.Response.StatusCode, session.Connection.Number);
        await session.EndLegAsync(end.Outcome);
        if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            await RefuseAsync(context, context.Response.StatusCode);
        }
    }

    /// <summary>Keeps the leg of the last request, or connects another one.</summary>
    private static async ValueTask<ConnectionOutcome> FindLegAsync(HttpContext context, ForwardingSession session)
    {
        var candidates = session.Cluster.Candidates;
        var cookie = session.Connection.Plan.Http?.AffinityCookie is { } name ? context.Request.Cookies[name] : null;
        var named = LegChoice.Named(cookie, candidates);
        if (session.Leg is { } leg
            && (named is null ? LegChoice.Keeps(leg.Destination, candidates) : ReferenceEquals(named, leg.Destination))
            && await leg.IsUsableAsync())
        {
            await LaneHop.ToPool.Task;
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
    private static async Task RefuseAsync(HttpContext context, int status)
    {
        if (status == 0 || context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            await RefusalPage.WriteAsync(context, status);
        }
    }

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Information,
        "A request of {Client} to {Cluster}/{Destination} failed: {Error}. The answer was {Status}, and the request was not sent again.")]
    private partial void LogFailed(
        string cluster, string destination, IPEndPoint client, ForwarderError error, int status, Lines.ConnectionNumber connection);

    [LoggerMessage(EventIds.RequestUnanswered, LogLevel.Information,
        "{Cluster}/{Destination} closed a kept connection as a request of {Client} went out. The client's was closed too, without an "
            + "answer, so that the client can decide whether to repeat it; the proxy has not.")]
    private partial void LogUnanswered(string cluster, string destination, IPEndPoint client, Lines.ConnectionNumber connection);
}
