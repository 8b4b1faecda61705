using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// New connections at a rate, whatever becomes of those before: each sends, gets the same back, and ends in order. What goes wrong is kept.
/// </summary>
internal sealed class ConnectionLoad
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(10);

    private readonly int _port;
    private readonly int _rate;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _all = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Task _beginning;

    private ConnectionLoad(int port, int rate)
    {
        (_port, _rate) = (port, rate);
        _beginning = Task.Run(BeginAsync);
    }

    /// <summary>What went wrong: refused, reset, other bytes, no answer.</summary>
    public ConcurrentBag<string> Failures { get; } = [];

    /// <summary>How long each took, from connect to end.</summary>
    public ConcurrentBag<TimeSpan> Times { get; } = [];

    /// <summary>Starts it.</summary>
    public static ConnectionLoad Start(int port, int rate) => new(port, rate);

    /// <summary>Begins no more, waits for the last ones, and gives the rate that was reached.</summary>
    public async Task<double> FinishAsync()
    {
        await _stop.CancelAsync();
        await _beginning;
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        await Task.WhenAll(_all);
        _stop.Dispose();
        return _all.Count / seconds;
    }

    private async Task BeginAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // What a busy machine has held up is made up for, at most a second of it at once.
            var due = Math.Min((int)(Stopwatch.GetElapsedTime(_began).TotalSeconds * _rate) - _all.Count, _rate);
            for (var i = 0; i < due; i++)
            {
                _all.Add(UseAsync());
            }

            await Task.Delay(_tick, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task UseAsync()
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var client = await EchoClient.ConnectAsync(_port);
            await client.ExchangeAsync();
            await client.FinishAsync();
            Times.Add(Stopwatch.GetElapsedTime(began));
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or Xunit.Sdk.XunitException)
        {
            Failures.Add(fault is SocketException { SocketErrorCode: var error } ? error.ToString() : fault.Message);
        }
    }
}
