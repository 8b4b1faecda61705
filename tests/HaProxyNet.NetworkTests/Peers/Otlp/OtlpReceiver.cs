using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using HaProxyNet.NetworkTests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.NetworkTests.Peers.Otlp;

/// <summary>What a collector is to the proxy: the services of opentelemetry-proto, by gRPC (HTTP/2 without TLS) or http/protobuf.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;

    private OtlpReceiver(WebApplication application) => _application = application;

    /// <summary>The requests with metrics, and the authorization that came with them.</summary>
    public ConcurrentQueue<(WireFields Request, string Authorization)> Metrics { get; } = [];

    /// <summary>The spans.</summary>
    public ConcurrentQueue<OtlpSpan> Spans { get; } = [];

    public static async Task<OtlpReceiver> StartAsync(string protocol, int? port = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, port
                ?? FreePorts.Next(), listen => listen.Protocols = protocol is "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var receiver = new OtlpReceiver(builder.Build());
        var isGrpc = protocol is "grpc";
        receiver._application.MapPost(
            isGrpc ? "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" : "/v1/metrics",
            context => AnswerAsync(
                context, isGrpc, message => receiver.Metrics.Enqueue((message, context.Request.Headers.Authorization.ToString()))));
        receiver._application.MapPost(
            isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces",
            context => AnswerAsync(context, isGrpc, message => OtlpSpan.Of(message).ToList().ForEach(receiver.Spans.Enqueue)));
        await receiver._application.StartAsync();
        return receiver;
    }

    public string Url => _application.Urls.Single();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>The points of the last request with metrics.</summary>
    public IReadOnlyList<OtlpPoint> LastPoints() => Metrics.LastOrDefault() is { Request: { } request } ? [.. OtlpPoint.Of(request)] : [];

    private static async Task AnswerAsync(HttpContext context, bool isGrpc, Action<WireFields> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        if (!isGrpc)
        {
            take(WireFields.Of(bytes));
            context.Response.ContentType = "application/x-protobuf";
            return;
        }

        // A message of gRPC: a byte (0: not compressed), its length, itself. The answer is an empty one.
        Assert.Equal(bytes.Length - 5, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)));
        take(WireFields.Of(bytes[5..]));
        context.Response.ContentType = "application/grpc";
        await context.Response.BodyWriter.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
