using System.Collections.Concurrent;
using System.Net;
using System.Text;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
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

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<ForwardingSession, byte> _sessions = new();
    private readonly HandedOver _door = new();
    private readonly Lock _gate = new();
    private readonly KestrelServer _server;
    private readonly Func<Task> _start;
    private readonly TimeProvider _time;
    private Task? _started;
    private volatile bool _isEnding;

    public HttpFront(RequestForwarder application, InternalFaults faults, TimeProvider time)
    {
        _time = time;

        // What it would say is about what clients send: nobody is to fill the log by that.
        _server = new KestrelServer(Options.Create(SettingsOf(_door.EndPoint)), _door, NullLoggerFactory.Instance);
        _start = () => faults.ContainAsync(FaultPlace.Accept, app => _server.StartAsync(app, CancellationToken.None), application);
    }

    /// <summary>Takes a connection over; false: the proxy ends.</summary>
    public bool TryTake(ForwardingSession session)
    {
        lock (_gate)
        {
            _started ??= Task.Run(_start);
        }

        _sessions.TryAdd(session, 0);
        return _door.TryPass(session.Context);
    }

    /// <summary>A connection has ended.</summary>
    public void Forget(ForwardingSession session) => _sessions.TryRemove(session, out _);

    /// <summary>Whether answers say that they are the last ones of their connections.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>From now on each answer is the last one of its connection. Nothing is ended.</summary>
    public void BeginEnd() => _isEnding = true;

    /// <summary>
    /// Ends every connection: with its next answer, or when it has been quiet for a while, for a client that has just sent a request must
    /// not lose it. Those that are still being decrypted are served, too. All of them end when this is cancelled; before, it goes on.
    /// </summary>
    /// <param name="quiet">How long a connection without a request is kept.</param>
    /// <param name="cancellation">The end.</param>
    public async Task DrainAsync(TimeSpan quiet, CancellationToken cancellation)
    {
        BeginEnd();
        var since = _time.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            foreach (var session in _sessions.Keys)
            {
                if (!session.IsBusy && _time.GetElapsedTime(Math.Max(since, session.LastByteAt)) >= quiet)
                {
                    session.EndBetweenRequests();
                }
            }

            await Task.Delay(_look, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

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
    internal static KestrelServerOptions SettingsOf(EndPoint door)
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
        options.Listen(door, static listen => listen.Protocols = HttpProtocols.Http1);
        return options;
    }
}
