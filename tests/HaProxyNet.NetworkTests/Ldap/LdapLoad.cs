using System.Collections.Concurrent;
using System.Diagnostics;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>A search ten times a second, each a connection and each with a number of its own, whatever became of those before.</summary>
/// <param name="search">Makes the search with this number.</param>
internal sealed class LdapLoad(Func<int, Task<CommandResult>> search) : IAsyncDisposable
{
    private static readonly TimeSpan _pace = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Operation> _done = [];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _begun = [];
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;

    private readonly record struct Operation(bool IsSuccess, TimeSpan Wait, string Output);

    public int Done => _done.Count;

    public void Start() => _running = RunAsync();

    /// <summary>What has ended since the last call, in words with figures.</summary>
    public LdapFigures Take()
    {
        var taken = new List<Operation>();
        while (_done.TryDequeue(out var operation))
        {
            taken.Add(operation);
        }

        var failed = taken.Where(operation => !operation.IsSuccess).ToList();
        return new(
            taken.Count,
            failed.Count,
            taken.Count == 0 ? TimeSpan.Zero : taken.Max(operation => operation.Wait),
            [.. failed.Select(f => f.Output).Distinct()]);
    }

    /// <summary>Waits for those that are under way now, while others begin.</summary>
    public Task ThoseUnderWayAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll([.. _begun]);
        }
    }

    /// <summary>Stops, and waits for those under way.</summary>
    public async Task FinishAsync()
    {
        await _end.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_pace);
        for (var number = 0; !_end.IsCancellationRequested; number++)
        {
            lock (_gate)
            {
                _begun.Add(SearchAsync(number));
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await ThoseUnderWayAsync();
    }

    private async Task SearchAsync(int number)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await search(number);
        _done.Enqueue(new(result.ExitCode == 0, Stopwatch.GetElapsedTime(start), result.Output.Trim()));
    }
}
