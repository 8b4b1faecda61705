using System.Text;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaProxyNet.Forwarding;

/// <summary>
/// Kestrel's HTTP/1.1 for the connections of HTTP listeners. It listens on no address: connections are accepted, admitted and decrypted by
/// the proxy's own stages, and handed over here. It is a server of its own, so neither the admin endpoint's limits nor an application's
/// pipeline are met here. It begins with the first connection.
/// </summary>
internal sealed class HttpFront : IAsyncDisposable
{
    private const int LongestTarget = 32 * 1024;
    private const int LongestHeaders = 128 * 1024;

    private readonly HandedOver _door = new();
    private readonly Lock _gate = new();
    private readonly KestrelServer _server;
    private readonly Func<Task> _start;
    private Task? _started;

    public HttpFront(RequestForwarder application, InternalFaults faults, ILoggerFactory loggers)
    {
        _server = new KestrelServer(Options.Create(Settings()), _door, loggers);
        _start = () => faults.ContainAsync(FaultPlace.Accept, app => _server.StartAsync(app, CancellationToken.None), application);
    }

    /// <summary>Takes a connection over; false: the proxy ends.</summary>
    public bool TryTake(ConnectionContext connection)
    {
        lock (_gate)
        {
            _started ??= Task.Run(_start);
        }

        return _door.TryPass(connection);
    }

    /// <summary>Connections without a request end now, the others with their answer, and all of them when this is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _door.Close();
        if (Started is { } started)
        {
            await started;
            await _server.StopAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _door.Close();
        if (Started is { } started)
        {
            await started;
        }

        _server.Dispose();
    }

    private Task? Started
    {
        get
        {
            lock (_gate)
            {
                return _started;
            }
        }
    }

    /// <summary>Sizes are a member's business as far as possible: SAML and Kerberos have long addresses and headers.</summary>
    private KestrelServerOptions Settings()
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowResponseHeaderCompression = false,
            RequestHeaderEncodingSelector = static _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static _ => Encoding.Latin1,
        };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxRequestLineSize = LongestTarget;
        options.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
        options.Listen(_door.EndPoint, static listen => listen.Protocols = HttpProtocols.Http1);
        return options;
    }
}
