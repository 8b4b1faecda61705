using System.Net;
using System.Net.Sockets;
using HaProxyNet.Listening;
using HaProxyNet.Machine;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Transport.Managed;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>Looks at destinations: one connection each, side by side. Decides nothing.</summary>
/// <param name="certificates">The rules for certificates, and the proxy's own one, by cluster.</param>
/// <param name="trial">Runs the clusters' probes.</param>
/// <param name="time">Measures and limits.</param>
internal sealed class Examination(IReadOnlyDictionary<string, ClusterCertificates> certificates, ProbeTrial trial, TimeProvider time)
{
    private const SocketOptionName QuickAck = (SocketOptionName)12;
    private static readonly TimeSpan _resolveTimeout = TimeSpan.FromSeconds(5);
    private readonly OwnAddresses _own = new(time);

    /// <summary>Looks at all; the result has their order.</summary>
    public async Task<DestinationFacts[]> RunAsync(IEnumerable<DestinationCase> cases, CancellationToken stop)
    {
        await WarmUpAsync(stop);
        return await Task.WhenAll(cases.Select(one => LookAtAsync(one, stop)));
    }

    /// <summary>Connects to a port of its own once: otherwise the first time measured would be that of the just-in-time compiler.</summary>
    private async Task WarmUpAsync(CancellationToken stop)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (socket, _) = await ConnectAsync((IPEndPoint)listener.LocalEndpoint, isSeen: false, _resolveTimeout, stop);
        socket?.Dispose();
    }

    private async Task<DestinationFacts> LookAtAsync(DestinationCase one, CancellationToken stop)
    {
        var (addresses, unresolved) = await ResolveAsync(one, stop);
        string[] resolved = [.. addresses.Select(ip => ip.ToString())];
        if (addresses.Length == 0)
        {
            return new(one, resolved, AcceptedAfter: null, unresolved, Handshake: null);
        }

        foreach (var at in addresses.Select(ip => new IPEndPoint(ip, one.Address.Port)))
        {
            if (one.Listeners.FirstOrDefault(listener => _own.Reaches(listener.At, at)) is { Name: { } listener })
            {
                return new(one, resolved, AcceptedAfter: null, $"{at} is where its listener {listener} listens", Handshake: null)
                {
                    LeadsBackTo = listener,
                };
            }
        }

        var failure = "";
        foreach (var address in addresses)
        {
            var started = time.GetTimestamp();
            var (socket, refused) = await ConnectAsync(new IPEndPoint(address, one.Address.Port), one.SpeaksTls, one.ConnectTimeout, stop);
            failure = refused;
            if (socket is not null)
            {
                using (socket)
                {
                    var after = time.GetElapsedTime(started);
                    if (RedirectedTo(one, socket) is { } redirectedTo)
                    {
                        return new(one, resolved, AcceptedAfter: null, Redirected(one, redirectedTo), Handshake: null)
                        {
                            LeadsBackTo = redirectedTo,
                        };
                    }

                    var handshake = one.SpeaksTls
                        ? await Handshake.RunAsync(socket, one, certificates.GetValueOrDefault(one.Cluster), time, stop)
                        : null;
                    return new(one, resolved, after, "", handshake) { Probes = await trial.RunAsync(one, address, stop) };
                }
            }
        }

        return new(one, resolved, AcceptedAfter: null, failure, Handshake: null);
    }

    /// <summary>The listener on this machine where the connection has arrived, whatever its address says; null: none.</summary>
    private string? RedirectedTo(DestinationCase one, Socket socket)
        => SocketTable.PortOfArrival((IPEndPoint)socket.LocalEndPoint!, (IPEndPoint)socket.RemoteEndPoint!) is { } port
            && one.Listeners.FirstOrDefault(listener => listener.At.Port == port) is { Name: { } name }
            && !_own.Contains(((IPEndPoint)socket.RemoteEndPoint!).Address)
                ? name
                : null;

    private static string Redirected(DestinationCase one, string listener)
        => $"a connection to {one.Address} arrives at its listener {listener}; something redirects it: look at `nft list ruleset` and "
            + "`iptables -t nat -S`";

    private async Task<(IPAddress[] Addresses, string Failure)> ResolveAsync(DestinationCase one, CancellationToken stop)
    {
        if (one.Address.IP is { } ip)
        {
            return ([ip], "");
        }

        try
        {
            var found = await WithinAsync(_resolveTimeout, limit => Dns.GetHostAddressesAsync(one.Address.Host, limit), stop);
            return (found, $"{one.Address.Host} has no address");
        }
        catch (SocketException unknown)
        {
            return ([], $"{one.Address.Host} does not resolve: {unknown.Message}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ([], $"{one.Address.Host} does not resolve: the name server does not answer");
        }
    }

    private async Task<(Socket? Socket, string Failure)> ConnectAsync(
        IPEndPoint address,
        bool isSeen,
        TimeSpan timeout,
        CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (!isSeen)
            {
                LeaveNoTrace(socket);
            }

            return await WithinAsync(
                timeout,
                async limit =>
                {
                    await socket.ConnectAsync(address, limit);
                    return SocketConnects.HasReachedItself(socket)
                        ? throw new SocketException((int)SocketError.ConnectionRefused)
                        : (socket, "");
                },
                stop);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            return (null, $"{address}: {fault.Message}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            return (null, $"{address} does not answer within {timeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>
    /// Where nothing will be said, the agent does not have to see it: on Linux its accept() does not return for this connection.
    /// </summary>
    private static void LeaveNoTrace(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, (int)QuickAck, [0, 0, 0, 0]);
        }
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> step, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        return await step(either.Token);
    }
}
