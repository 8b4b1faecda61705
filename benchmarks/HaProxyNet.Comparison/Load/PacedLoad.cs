using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Load;

/// <summary>
/// The same number of requests a second for every contender, whatever its speed. A few threads with blocking sockets share a timetable;
/// a request that is late because the one before it was slow counts from the moment at which it was due.
/// </summary>
internal sealed record PacedLoad(int RequestsPerSecond, bool ConnectionPerRequest)
{
    private const int Clients = 16;
    private const int LargestReply = 16_384;

    /// <summary>Runs it on threads of its own.</summary>
    public async Task<PacedReport> RunAsync(IPEndPoint target, TimeSpan duration)
    {
        var begin = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 50);
        var clients = Enumerable.Range(0, Clients)
            .Select(client => Task.Factory.StartNew(
                () => RunClient(target, begin, client, duration), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default))
            .ToList();
        var results = await Task.WhenAll(clients);
        return new PacedReport(
            results.Sum(result => result.Latencies.Count),
            results.Sum(result => result.Failed),
            LatencyFigures.Of(results.SelectMany(result => result.Latencies)));
    }

    private ClientResult RunClient(IPEndPoint target, long begin, int client, TimeSpan duration)
    {
        var latencies = new List<double>((int)(RequestsPerSecond * duration.TotalSeconds / Clients) + 1);
        long failed = 0;
        var buffer = new byte[LargestReply];
        Socket? kept = null;
        var end = begin + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        for (long turn = client; ; turn += Clients)
        {
            var due = begin + (turn * Stopwatch.Frequency / RequestsPerSecond);
            if (due >= end)
            {
                break;
            }

            // Waking late is the generator's fault and not the proxy's; being busy when a request is due is the proxy's.
            var start = SleepUntil(due) ? Stopwatch.GetTimestamp() : due;
            try
            {
                var socket = kept ?? HttpExchange.Connect(target);
                kept = ConnectionPerRequest ? null : socket;
                var answered = HttpExchange.Exchange(socket, buffer, ConnectionPerRequest);
                if (ConnectionPerRequest)
                {
                    socket.Dispose();
                }

                if (answered)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    continue;
                }
            }
            catch (SocketException)
            {
                kept?.Dispose();
                kept = null;
            }

            failed++;
        }

        kept?.Dispose();
        return new ClientResult(latencies, failed);
    }

    private static bool SleepUntil(long due)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        Thread.Sleep((int)Math.Ceiling(left.TotalMilliseconds));
        return true;
    }

    private sealed record ClientResult(List<double> Latencies, long Failed);
}
